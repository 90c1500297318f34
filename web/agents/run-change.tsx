import { type ReactElement, useState } from "react";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { runWords as words } from "./agents-words.ts";
import type { RunDecision } from "./use-run-decision.ts";

/** Each place of the change with a box: taken or left. */
function PickList({ decision }: { readonly decision: RunDecision }): ReactElement {
  let change = -1;
  return (
    <ol className="agent-picks">
      {decision.segments.map((segment, index) => {
        if (segment.kind === "same") return null;
        change += 1;
        const number = change;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is known by its number alone
          <li key={index} className="agent-pick">
            <label className="agent-pick-label">
              <input type="checkbox" checked={!decision.left.has(number)} onChange={() => decision.toggle(number)} />
              {words.takeChange(number + 1)}
            </label>
            <DiffView before={segment.before} after={segment.after} />
          </li>
        );
      })}
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
        <DiffView before={comparison.before} after={comparison.after} path={path} />
      )}
    </div>
  );
}
