import "./diff-view.css";
import { Fragment, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "../icons.tsx";
import { visibleText } from "../markdown/visible-text.tsx";
import { type DiffRow, type DiffWord, lineDiff } from "./line-diff.ts";

const shownAtOnce = 800;

const words = {
  next: "Next change",
  previous: "Previous change",
  of: (at: number, count: number) => `Change ${at} of ${count}`,
  none: "Nothing changed.",
  coarse: "The versions differ too much to be compared line by line: each is shown whole.",
  more: (count: number) => `Show ${count} more lines`,
  left: (lines: number) => (lines === 1 ? "1 equal line" : `${lines} equal lines`),
  added: "added",
  removed: "removed",
};

function Words({ words: list }: { readonly words: readonly DiffWord[] }): ReactElement {
  return (
    <>
      {list.map((word, index) =>
        word.isChanged ? (
          <mark key={index}>{visibleText(word.text)}</mark>
        ) : (
          <Fragment key={index}>{visibleText(word.text)}</Fragment>
        ),
      )}
    </>
  );
}

interface LinesAbove {
  readonly before: number;
  readonly after: number;
}

const nothingAbove: LinesAbove = { before: 0, after: 0 };

const shifted = (number: number | undefined, by: number) => (number === undefined ? undefined : number + by);

function Row(props: {
  readonly row: DiffRow;
  readonly isStart: boolean;
  readonly linesAbove: LinesAbove;
}): ReactElement {
  const { row, isStart, linesAbove } = props;
  if (row.kind === "gap") {
    return (
      <div className="diff-gap">
        <span>{visibleText(row.heading)}</span>
        <span>{words.left(row.lines)}</span>
      </div>
    );
  }
  const sign = { same: "", added: "+", removed: "−" }[row.kind];
  return (
    <div className="diff-row" data-kind={row.kind} {...(isStart ? { "data-start": "", tabIndex: -1 } : {})}>
      <span className="diff-number">{shifted(row.before, linesAbove.before)}</span>
      <span className="diff-number">{shifted(row.after, linesAbove.after)}</span>
      <span className="diff-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="diff-text">
        {row.kind !== "same" && <span className="hidden-text">{`${words[row.kind]}: `}</span>}
        {row.words ? <Words words={row.words} /> : visibleText(row.text)}
      </span>
    </div>
  );
}

/** The lines that changed, with `n` and `p` from change to change. Text of files and models, drawn as text. */
export function DiffView(props: {
  readonly before: string;
  readonly after: string;
  /** Shown in the head; without it there is no head. */
  readonly path?: string;
  readonly whole?: boolean;
  /** Lines that stand above what is given, in each version. */
  readonly linesAbove?: LinesAbove;
}): ReactElement {
  const { before, after, path, whole = false, linesAbove = nothingAbove } = props;
  const diff = useMemo(() => lineDiff(before, after, { whole }), [before, after, whole]);
  const [shown, setShown] = useState(shownAtOnce);
  const [at, setAt] = useState(0);
  const area = useRef<HTMLDivElement>(null);
  const { changes } = diff;
  const step = (by: 1 | -1): void => {
    if (changes.length === 0) return;
    const next = (at - 1 + by + changes.length) % changes.length;
    setAt(next + 1);
    setShown((many) => Math.max(many, (changes[next] ?? 0) + 50));
    requestAnimationFrame(() => {
      const start = area.current?.querySelectorAll<HTMLElement>("[data-start]")[next];
      start?.scrollIntoView({ block: "center" });
      start?.focus({ preventScroll: true });
    });
  };
  const latestStep = useRef(step);
  latestStep.current = step;
  useEffect(() => {
    // Short cuts of the two buttons in its head, while the focus is inside.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
      if (event.key === "n") latestStep.current(1);
      if (event.key === "p") latestStep.current(-1);
    };
    const element = area.current;
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, []);
  const starts = new Set(changes);
  return (
    <div ref={area}>
      {path !== undefined && (
        <div className="diff-head">
          <bdi className="diff-path" dir="ltr">
            {visibleText(path)} <span className="diff-added">+{diff.added}</span>{" "}
            <span className="diff-removed">−{diff.removed}</span>
          </bdi>
          {changes.length > 0 && (
            <div className="diff-steps">
              <span aria-live="polite">{words.of(Math.max(1, at), changes.length)}</span>
              <button
                type="button"
                className="icon-button"
                aria-label={words.previous}
                title={`${words.previous} (p)`}
                onClick={() => step(-1)}
              >
                <Icon name="chevronBack" />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={words.next}
                title={`${words.next} (n)`}
                onClick={() => step(1)}
              >
                <Icon name="chevronNext" />
              </button>
            </div>
          )}
        </div>
      )}
      {diff.isCoarse && <p className="diff-note">{words.coarse}</p>}
      {changes.length === 0 && <p className="diff-note">{words.none}</p>}
      <div className="diff">
        {diff.rows.slice(0, shown).map((row, index) => (
          <Row key={index} row={row} isStart={starts.has(index)} linesAbove={linesAbove} />
        ))}
      </div>
      {diff.rows.length > shown && (
        <button type="button" className="button diff-more" onClick={() => setShown(shown + 5 * shownAtOnce)}>
          {words.more(Math.min(5 * shownAtOnce, diff.rows.length - shown))}
        </button>
      )}
    </div>
  );
}
