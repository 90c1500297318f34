import { memo, type ReactElement, useLayoutEffect, useRef } from "react";
import "./markdown.css";
import "./markdown-code.css";
import "./markdown-table.css";
import { copyWithTex } from "./copy-with-tex.ts";
import { advance, outputsOf, type Progress } from "./document-progress.ts";
import { renderBlock } from "./render-block.tsx";

interface MarkdownProps {
  /** Text from a model, a person, a tool or a file. While it streams it only grows. */
  readonly text: string;
  /** More text is coming: only unfinished blocks are parsed again, and the caret stands at the end. */
  readonly streaming?: boolean;
  /** How it is set: an answer, a person's question (line ends are kept), or a document. */
  readonly variant?: "answer" | "question" | "document";
}

const blocksInGroup = 32;

/** The one component through which any text that is not ours becomes what is seen. It makes no request of any kind. */
export function Markdown({ text, streaming = false, variant = "answer" }: MarkdownProps): ReactElement {
  const previous = useRef<Progress<ReactElement>>(undefined);
  const progress = advance(previous.current, text, { isStreaming: streaming }, renderBlock);
  useLayoutEffect(() => {
    previous.current = progress;
  });
  return (
    <div className={`md md-${variant}`} data-streaming={streaming || undefined} onCopy={copyWithTex}>
      {groupsOf(outputsOf(progress)).map((blocks, index) => (
        <BlockGroup key={index * blocksInGroup} blocks={blocks} />
      ))}
    </div>
  );
}

/** Finished blocks are the same elements as before, so a group of them costs one comparison a block. */
const BlockGroup = memo(({ blocks }: { readonly blocks: readonly ReactElement[] }) => <>{blocks}</>, haveSameBlocks);

function haveSameBlocks(
  before: { readonly blocks: readonly ReactElement[] },
  after: { readonly blocks: readonly ReactElement[] },
): boolean {
  if (before.blocks.length !== after.blocks.length) return false;
  return before.blocks.every((block, index) => block === after.blocks[index]);
}

function groupsOf(blocks: readonly ReactElement[]): readonly (readonly ReactElement[])[] {
  const groups: (readonly ReactElement[])[] = [];
  for (let start = 0; start < blocks.length; start += blocksInGroup)
    groups.push(blocks.slice(start, start + blocksInGroup));
  return groups;
}
