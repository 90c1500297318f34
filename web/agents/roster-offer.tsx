import type { ReactElement } from "react";
import type { RosterView } from "../../shared/roster.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { useToast } from "../ui/toasts.tsx";
import { rosterWords as words } from "./roster-words.ts";
import { useRosterChange } from "./use-roster-change.ts";

const ownFile = ".codex/ROSTER.md";

/** Where there is no roster that Folio writes: what is there instead, and the ways to have one. */
export function RosterOffer(props: { readonly roster: RosterView; readonly refresh: () => void }): ReactElement | null {
  const { roster } = props;
  const change = useRosterChange(roster, props.refresh);
  const show = useToast();
  const adopt = async (into: "section" | "file"): Promise<void> => {
    if (change.isBusy) return;
    if (await change.make({ type: "adopt", into })) show({ text: words.adopted });
  };
  if (roster.kind === "roster") return null;
  const path = roster.kind === "none" ? ".codex/AGENTS.md" : ownFile;
  const said = {
    none: { title: words.noneTitle, text: words.noneText(path) },
    foreign: { title: words.foreignTitle, text: words.foreignText },
    instructions: { title: words.instructionsTitle, text: words.instructionsText },
  }[roster.kind];
  return (
    <div className="roster-offer">
      <EmptyState {...said}>
        <button
          type="button"
          className="button button-main"
          aria-disabled={change.isBusy}
          onClick={() => void adopt("file")}
        >
          {words.adoptFile(path)}
        </button>
        {roster.kind === "instructions" && (
          <button type="button" className="button" aria-disabled={change.isBusy} onClick={() => void adopt("section")}>
            {words.adoptSection}
          </button>
        )}
        {change.problem !== undefined && (
          <p className="agent-bad" role="alert">
            {change.problem}
          </p>
        )}
      </EmptyState>
    </div>
  );
}
