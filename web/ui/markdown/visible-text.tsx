import { Fragment, type ReactNode } from "react";
import { markInvisible } from "./invisible.ts";

/** Browsers take quadratic time to break a very long word into lines, unless they are told where they may. */
const longWord = /\S{500}/gu;

/** Text as React nodes, with a small sign wherever it holds characters that cannot be seen. */
export function visibleText(text: string): ReactNode {
  const pieces = markInvisible(text);
  if (pieces.length === 1 && pieces[0]?.type === "text") return breakable(pieces[0].text);
  return pieces.map((piece, index) =>
    piece.type === "text" ? (
      <Fragment key={index}>{breakable(piece.text)}</Fragment>
    ) : (
      <span key={index} className="md-mark" title={piece.description} dir="ltr">
        {piece.label}
      </span>
    ),
  );
}

function breakable(text: string): ReactNode {
  if (text.length < 500) return text;
  const parts: ReactNode[] = [];
  let start = 0;
  for (const match of text.matchAll(longWord)) {
    const end = match.index + match[0].length;
    parts.push(text.slice(start, end), <wbr key={end} />);
    start = end;
  }
  return parts.length === 0 ? text : [...parts, text.slice(start)];
}
