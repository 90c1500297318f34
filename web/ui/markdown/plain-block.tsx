import { memo, type ReactElement } from "react";
import { blockDirection } from "./block-direction.ts";
import type { PlainReason } from "./document-progress.ts";
import { visibleText } from "./visible-text.tsx";

const pieceLength = 16_000;
const notices: Readonly<Partial<Record<PlainReason, string>>> = {
  "block-too-large": "This part is shown as plain text: it is too large to format.",
  "message-too-long": "The rest is shown as plain text: the message is too long to format.",
};

interface PlainBlockProps {
  readonly text: string;
  readonly reason: PlainReason;
}

/** Text that is not formatted, in pieces that the browser lays out only when they come into view. */
export function PlainBlock({ text, reason }: PlainBlockProps): ReactElement {
  const notice = notices[reason];
  return (
    <div className="md-plain" dir={blockDirection(text)}>
      {notice !== undefined && <p className="md-notice">{notice}</p>}
      {piecesOf(text).map((piece, index) => (
        <PlainPiece key={index * pieceLength} text={piece} />
      ))}
    </div>
  );
}

const PlainPiece = memo(
  ({ text }: { readonly text: string }): ReactElement => <div className="md-plain-piece">{visibleText(text)}</div>,
);

/** Cut at line ends where there are some, at a fixed length where there are none; never inside a character. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const limit = start + pieceLength;
    const lineEnd = text.lastIndexOf("\n", limit) + 1;
    let end = limit >= text.length ? text.length : limit;
    if (end < text.length && lineEnd > start) end = lineEnd;
    else if (/[\uDC00-\uDFFF]/.test(text[end] ?? "")) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
