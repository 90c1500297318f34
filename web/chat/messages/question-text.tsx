import { memo, type ReactElement, useMemo, useState } from "react";
import { directionOf } from "../../ui/direction.ts";
import { MarkdownText } from "../../ui/markdown-text.tsx";
import { words } from "../words.ts";

const foldedLines = 30;
const foldedLength = 6000;

/** The first lines of a long text, or `undefined` when it is short enough to show whole. */
export function beginningOf(text: string): string | undefined {
  let end = -1;
  for (let line = 0; line < foldedLines; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end === -1) break;
  }
  const atLine = end === -1 ? text.length : end;
  const cut = Math.min(atLine, foldedLength);
  return cut >= text.length ? undefined : text.slice(0, cut);
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
        {isWhole ? text : (beginning ?? text)}
      </p>
      {beginning !== undefined && (
        <button type="button" className="button button-quiet question-more" onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.showLess : words.showAll(lines)}
        </button>
      )}
    </>
  );
});
