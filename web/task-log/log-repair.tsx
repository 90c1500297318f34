import "./log-repair.css";
import { type ReactElement, useEffect, useState } from "react";
import type { LogRepairPreview, RepairLog, TaskLogView } from "../../shared/task-log.ts";
import { problemWords } from "../platform/api.ts";
import { Dialog } from "../ui/dialog.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useToast } from "../ui/toasts.tsx";
import { previewLogRepair, repairLog } from "./log-api.ts";
import { words } from "./words.ts";

type Sides = NonNullable<RepairLog["sides"]>;
const sides: readonly Sides[] = ["both", "ours", "theirs"];

/** The file as it would be, asked for anew when another side is kept. */
function usePreview(base: string, kept: Sides): { readonly preview?: LogRepairPreview; readonly problem?: unknown } {
  const [state, setState] = useState<{ readonly preview?: LogRepairPreview; readonly problem?: unknown }>({});
  useEffect(() => {
    let isOver = false;
    // What was shown stays until the answer is there.
    previewLogRepair({ base, sides: kept }).then(
      (preview) => isOver || setState({ preview }),
      (problem: unknown) => isOver || setState({ problem }),
    );
    return () => {
      isOver = true;
    };
  }, [base, kept]);
  return state;
}

function SideChoice(props: { readonly chosen: Sides; readonly choose: (side: Sides) => void }): ReactElement {
  return (
    <fieldset className="repair-sides">
      <legend>{words.whichSide}</legend>
      {sides.map((side) => (
        <label key={side} className="log-check">
          <input type="radio" name="sides" checked={side === props.chosen} onChange={() => props.choose(side)} />
          {words.sideNames[side]}
        </label>
      ))}
    </fieldset>
  );
}

/** Shows what is wrong and what a repair would make of it; repairs only after a look. */
export function LogRepair(props: {
  readonly log: TaskLogView;
  readonly revision: string;
  readonly onClose: () => void;
  readonly onRepaired: () => void;
}): ReactElement {
  const { log, revision, onClose } = props;
  const show = useToast();
  const [kept, setKept] = useState<Sides>("both");
  const { preview, problem } = usePreview(revision, kept);
  const [isRepairing, setRepairing] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const reasons = [...log.problems.map(({ reason }) => reason), ...(preview?.report ?? [])];
  const hasConflict = reasons.some((reason) => /conflict/i.test(reason));
  const repair = (): void => {
    setRepairing(true);
    repairLog({ base: revision, sides: kept }).then(
      ({ backup }) => {
        show({ text: words.repaired, detail: words.keptAs(backup) });
        props.onRepaired();
      },
      (thrown: unknown) => {
        setRepairing(false);
        setFailure(thrown);
      },
    );
  };
  const wrong = failure ?? problem;
  return (
    <Dialog
      title={words.repairTitle}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={onClose}>
            {words.keepAsIs}
          </button>
          <button
            type="button"
            className="button button-main"
            disabled={preview === undefined || isRepairing}
            onClick={repair}
          >
            {isRepairing ? words.repairing : words.repair}
          </button>
        </>
      }
    >
      <p className="repair-text">{words.repairText(log.path)}</p>
      {wrong !== undefined && <ProblemNote {...problemWords(wrong)} />}
      <ul className="repair-problems" hidden={log.problems.length === 0}>
        {log.problems.slice(0, 50).map((each) => (
          <li key={`${each.line} ${each.reason}`}>
            <span className="numbers">{words.line(each.line)}</span> <bdi>{visibleText(each.reason)}</bdi>
          </li>
        ))}
      </ul>
      {hasConflict && <SideChoice chosen={kept} choose={setKept} />}
      {preview && (
        <>
          <p className="repair-keeps">{words.repairKeeps(preview.kept, preview.invalidKept)}</p>
          <ul className="repair-report">
            {preview.report.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <details>
            <summary>{words.repairResult}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
            <pre className="log-raw" dir="ltr" tabIndex={0}>
              {preview.text}
            </pre>
          </details>
        </>
      )}
    </Dialog>
  );
}
