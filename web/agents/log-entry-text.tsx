import { Fragment, type ReactElement } from "react";
import { visibleText } from "../ui/markdown/visible-text.tsx";

const strings = /("(?:[^"\\]|\\.)*")(\s*:)?/g;

/** JSON as it is in the file, names and texts told apart by colour. */
export function LogEntryText({ text }: { readonly text: string }): ReactElement {
  const pieces: ReactElement[] = [];
  let at = 0;
  for (const match of text.matchAll(strings)) {
    const [whole, word = "", colon = ""] = match;
    pieces.push(
      <Fragment key={at}>
        {text.slice(at, match.index)}
        <span className={colon === "" ? "json-text" : "json-name"}>{visibleText(word)}</span>
        {colon}
      </Fragment>,
    );
    at = match.index + whole.length;
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}
