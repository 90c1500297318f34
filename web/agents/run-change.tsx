import { type ReactElement, useState } from "react";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { runWords as words } from "./agents-words.ts";
import { placedChanges } from "./pick-changes.ts";
import { ReadableChange } from "./readable-change.tsx";
import type { RunDecision } from "./use-run-decision.ts";

/** Each place of the change with a box: taken or left. */
function PickList({ decision }: { readonly decision: RunDecision }): ReactElement {
  return (
    <ol className="agent-picks">
      {placedChanges(decision.segments).map(({ number, before, after, linesAbove }) => (
        <li key={number} className="agent-pick">
          <label className="agent-pick-label">
            <input type="checkbox" checked={!decision.left.has(number)} onChange={() => decision.toggle(number)} />
            {words.takeChange(number + 1)}
          </label>
          <DiffView before={before} after={after} linesAbove={linesAbove} whole />
        </li>
      ))}
    </ol>
  );
}

/** What would be written: as lines, to be edited, or place by place. */
export function RunChange(props: { readonly path: string; readonly decision: RunDecision }): ReactElement | null {
  const { decision, path } = props;
  const { comparison, mode } = decision;
  const [area, setArea] = useState<HTMLTextAreaElement | null>(null);
  if (!comparison) return null;
  if (mode === "edit") {
    return (
      <div className="agent-edit">
        <textarea
          ref={(element) => {
            // Once, when it appears.
            if (element && !area) element.focus();
            setArea(element);
          }}
          aria-label={words.editLabel}
          dir="auto"
          spellCheck={false}
          value={decision.edited}
          onChange={(event) => decision.edit(event.currentTarget.value)}
        />
        <p className="agent-note">{words.editKept}</p>
      </div>
    );
  }
  return (
    <div className="agent-change">
      {comparison.kind === "merged" && <p className="agent-change-note">{words.comparedMerged}</p>}
      {comparison.kind === "over" && <p className="agent-change-note">{words.comparedOver}</p>}
      {comparison.kind === "gone" && <p className="agent-change-note">{words.goneNow}</p>}
      {mode === "pick" ? (
        <PickList decision={decision} />
      ) : (
        <ReadableChange before={comparison.before} after={comparison.after} path={path} />
      )}
    </div>
  );
}
