import { type ReactElement, useRef, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { useKeys } from "../platform/keyboard.ts";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { Icon } from "../ui/icons.tsx";
import { Markdown } from "../ui/markdown/markdown.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { runWords as words } from "./agents-words.ts";
import { fileName } from "./file-name.ts";
import { RunChange } from "./run-change.tsx";
import { RunInput } from "./run-input.tsx";
import { RunLinks } from "./run-links.tsx";
import { RunLogEntry } from "./run-log-entry.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import type { RunReview } from "./use-run-review.ts";

/** The text while it comes: dashed, because nothing of it is on disk. */
export function LiveText(props: {
  readonly run: AgentRunView;
  readonly text: string;
  readonly attempt: number | undefined;
}) {
  const { run, text, attempt } = props;
  return (
    <div className="agent-live" aria-busy="true">
      {attempt !== undefined && <p className="agent-note">{words.retrying(attempt)}</p>}
      {text === "" ? (
        <p className="agent-note">{words.nothingYet}</p>
      ) : (
        <Markdown text={text} variant="document" streaming />
      )}
      <p className="agent-note">
        {words.willWrite}{" "}
        <bdi className="mono" dir="ltr">
          {fileName(run.target)}
        </bdi>{" "}
        {words.afterYes}
      </p>
    </div>
  );
}

function Remarks({ title, items }: { readonly title: string; readonly items: readonly string[] }): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <section className="agent-remarks" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{visibleText(item)}</li>
        ))}
      </ul>
    </section>
  );
}

function Folded(props: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <details className="input-part agent-folded">
      <summary>
        <span className="input-part-name">{props.title}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <pre dir="auto" tabIndex={0}>
        {visibleText(props.text)}
      </pre>
    </details>
  );
}

function AgainField({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
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

/** What a run has brought so far, and all about it that a decision needs. */
export function RunBody({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
  const { decision, text } = review;
  const isOpen = run.status === "running" || run.status === "waiting";
  const { change } = run;
  const isStaleUnseen = run.status === "waiting" && change !== undefined && decision.comparison === undefined;
  return (
    <div className="agent-run">
      {review.isInputShown && <RunInput id={run.id} canReplay={run.status !== "running"} />}
      {decision.problem !== undefined && (
        <div className="agent-run-problem">
          <ProblemNote {...problemWords(decision.problem)} />
        </div>
      )}
      <RunOutcome run={run} />
      {run.status === "running" && <LiveText run={run} text={text} attempt={review.attempt} />}
      {isStaleUnseen && (
        <div className="agent-stale" role="status">
          <p className="agent-outcome-title">{words.staleTitle}</p>
          <p>{words.staleText}</p>
        </div>
      )}
      {run.status === "waiting" && change && <RunChange path={change.path} decision={decision} />}
      {isStaleUnseen && <DiffView before={change.before} after={change.after} path={change.path} />}
      {!isOpen && change && <DiffView before={change.before} after={change.after} path={change.path} />}
      <div className="agent-run-end">
        <Remarks title={words.notes} items={change?.notes ?? []} />
        <Remarks title={words.flags} items={run.flags} />
        {!isOpen && run.status !== "written" && run.text !== "" && <Folded title={words.fullAnswer} text={run.text} />}
        {run.reasoning !== undefined && <Folded title={words.reasoning} text={run.reasoning} />}
        <RunLinks run={run} />
        <RunLogEntry run={run} />
        {run.status !== "running" && <AgainField run={run} review={review} />}
      </div>
    </div>
  );
}
