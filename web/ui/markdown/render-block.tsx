import type { ReactElement } from "react";
import { CodeBlock } from "./code-block.tsx";
import type { Block } from "./document-progress.ts";
import { PlainBlock } from "./plain-block.tsx";
import { TokenTree } from "./token-tree.ts";

/** The one way from a block of Markdown to what is seen. No HTML string is made or read anywhere on it. */
export function renderBlock(block: Block): ReactElement {
  switch (block.type) {
    case "tokens":
      return new TokenTree(block.tokens).render(block.start);
    case "code":
      return <CodeBlock key={block.start} info={block.info} chunks={block.chunks} isOpen={block.isOpen} />;
    case "plain":
      return (
        <PlainBlock key={block.reason === "pending" ? "rest" : block.start} text={block.source} reason={block.reason} />
      );
  }
}
