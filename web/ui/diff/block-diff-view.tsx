import "./block-diff-view.css";
import { type ReactElement, useMemo } from "react";
import { Markdown } from "../markdown/markdown.tsx";
import { blockDiff } from "./block-diff.ts";

const words = { added: "Added", removed: "Removed" };

/** A document as it reads, with what is new underlined and what goes struck through, block by block. */
export function BlockDiffView({ before, after }: { readonly before: string; readonly after: string }): ReactElement {
  const changes = useMemo(() => blockDiff(before, after), [before, after]);
  return (
    <div className="block-diff">
      {changes.map((change, index) => {
        const drawn = <Markdown text={change.text} variant="document" />;
        if (change.kind === "same") return <div key={index}>{drawn}</div>;
        return (
          <div
            key={index}
            className="block-diff-change"
            data-kind={change.kind}
            role="group"
            aria-label={words[change.kind]}
          >
            {drawn}
          </div>
        );
      })}
    </div>
  );
}
