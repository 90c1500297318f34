import "./run-review.css";
import { type ReactElement, useState } from "react";
import { BlockDiffView } from "../ui/diff/block-diff-view.tsx";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { Markdown } from "../ui/markdown/markdown.tsx";
import { runWords as words } from "./agents-words.ts";

type Look = "read" | "lines";

/** A change as the document reads, or line by line; a new document is read at first. */
export function ReadableChange(props: {
  readonly before: string;
  readonly after: string;
  readonly path: string;
}): ReactElement {
  const { before, after, path } = props;
  const isNew = before.trim() === "";
  const canRead = path.endsWith(".md");
  const [look, setLook] = useState<Look>(isNew && canRead ? "read" : "lines");
  return (
    <>
      {canRead && (
        <div className="agent-looks" role="group" aria-label={words.looks}>
          {(["read", "lines"] as const).map((each) => (
            <button key={each} type="button" aria-pressed={look === each} onClick={() => setLook(each)}>
              {words.look[each]}
            </button>
          ))}
        </div>
      )}
      {look === "lines" && <DiffView before={before} after={after} path={path} />}
      {look === "read" && (
        <article className="agent-read">
          {isNew ? <Markdown text={after} variant="document" /> : <BlockDiffView before={before} after={after} />}
        </article>
      )}
    </>
  );
}
