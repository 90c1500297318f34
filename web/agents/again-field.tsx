import { type ReactElement, useRef, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { useKeys } from "../platform/keyboard.ts";
import { Icon } from "../ui/icons.tsx";
import { runWords as words } from "./agents-words.ts";
import type { RunReview } from "./use-run-review.ts";

/** Asks the same agent for the same, with what was missing. */
export function AgainField({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
  const [note, setNote] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const label = words.again(run.agent);
  useKeys([{ key: "r", run: () => field.current?.focus() }]);
  const isBusy = review.decision.busy === "again";
  return (
    <form
      className="agent-again"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) review.decision.again(note);
      }}
    >
      <Icon name="again" />
      <input
        ref={field}
        aria-label={label}
        placeholder={label}
        dir="auto"
        maxLength={5000}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {note.trim() === "" ? (
        <kbd aria-hidden="true">R</kbd>
      ) : (
        <button type="submit" className="button button-quiet" aria-disabled={isBusy}>
          {isBusy ? words.asking : words.againSend}
        </button>
      )}
    </form>
  );
}
