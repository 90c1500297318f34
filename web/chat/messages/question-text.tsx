import { Fragment, memo, type ReactElement, type ReactNode, useMemo, useState } from "react";
import { directionOf } from "../../ui/direction.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { MarkdownText } from "../../ui/markdown-text.tsx";
import { words } from "../words.ts";

const longLines = 40;
const longLength = 6000;
const foldedLines = 14;
const foldedLength = 1500;

function endOfLine(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end === -1) return text.length;
  }
  return end;
}

/** The first lines of a long text, or `undefined` when it is short enough to show whole. */
export function beginningOf(text: string): string | undefined {
  const isShort = text.length <= longLength && endOfLine(text, longLines) === text.length;
  return isShort ? undefined : text.slice(0, Math.min(endOfLine(text, foldedLines), foldedLength));
}

/** As typed, with what stands between back-ticks as code: it keeps its own direction in a text from right to left. */
function typed(text: string): ReactNode {
  if (!text.includes("`")) return visibleText(text);
  return text.split(/(`[^`\n]{1,200}`)/).map((piece, at) => {
    // Split by one group: every second piece is code, and pieces have nothing but their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places.
    if (at % 2 === 1)
      return (
        <code key={at} dir="ltr">
          {visibleText(piece.slice(1, -1))}
        </code>
      );
    return <Fragment key={at}>{visibleText(piece)}</Fragment>;
  });
}

/** A question as it was typed. Only what holds a code fence is read as Markdown; a huge paste is folded. */
export const QuestionText = memo(function QuestionText({ text }: { readonly text: string }): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const beginning = useMemo(() => beginningOf(text), [text]);
  if (beginning === undefined && text.includes("```")) return <MarkdownText text={text} variant="question" />;
  const lines = beginning === undefined ? 0 : text.split("\n").length;
  return (
    <>
      <p className="question-text" dir={directionOf(text)}>
        {typed(isWhole ? text : (beginning ?? text))}
      </p>
      {beginning !== undefined && (
        <button type="button" className="button button-quiet question-more" onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.showLess : words.showAll(lines)}
        </button>
      )}
    </>
  );
});
