import type { ReactNode } from "react";
import { markInvisible } from "./invisible.ts";

/** Text as React nodes, with a small sign wherever it holds characters that cannot be seen. */
export function visibleText(text: string): ReactNode {
  const pieces = markInvisible(text);
  if (pieces.length === 1 && pieces[0]?.type === "text") return pieces[0].text;
  return pieces.map((piece, index) =>
    piece.type === "text" ? (
      piece.text
    ) : (
      <span key={index} className="md-mark" title={piece.description} dir="ltr">
        {piece.label}
      </span>
    ),
  );
}
