import { memo, type ReactElement, useState } from "react";
import { lineCountOf, linesInChunk } from "./code-chunks.ts";
import { CodeHead } from "./code-head.tsx";
import { codeLabelOf } from "./code-language.ts";
import type { CodeSpan } from "./highlight.ts";
import { type HighlightedChunk, useHighlight } from "./use-highlight.ts";
import { visibleText } from "./visible-text.tsx";

interface CodeBlockProps {
  readonly info: string;
  readonly chunks: readonly string[];
  /** The block is still being written: it is neither folded nor highlighted. */
  readonly isOpen: boolean;
}

const foldedAbove = 40;

/** A block of code: head with its language and acts, lines that scroll inside, folded when it is long. */
export function CodeBlock({ info, chunks, isOpen }: CodeBlockProps): ReactElement {
  const label = codeLabelOf(info);
  const lineCount = lineCountOf(chunks);
  // Decided once: code that was read while it was written does not fold away under the reader's eyes.
  const [isFolded, setFolded] = useState(() => !isOpen && lineCount > foldedAbove);
  const [isWrapped, setWrapped] = useState(false);
  const canFold = !isOpen && lineCount > foldedAbove;
  const shown = isFolded ? chunks.slice(0, 1) : chunks;
  const highlighted = useHighlight(shown, label.grammar, { isOpen });
  return (
    <div className="md-code" dir="ltr" data-folded={isFolded || undefined} data-wrapped={isWrapped || undefined}>
      <CodeHead label={label} chunks={chunks} isWrapped={isWrapped} onWrap={() => setWrapped(!isWrapped)} />
      <pre tabIndex={0}>
        <code>
          {shown.map((chunk, index) => (
            <CodeChunk key={index * linesInChunk} text={chunk} spans={spansOf(highlighted[index], chunk)} />
          ))}
        </code>
      </pre>
      {canFold && (
        <button type="button" className="md-code-fold" aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)}>
          {isFolded ? `Show all ${lineCount.toLocaleString("en")} lines` : "Show less"}
        </button>
      )}
    </div>
  );
}

interface CodeChunkProps {
  readonly text: string;
  readonly spans: readonly CodeSpan[] | undefined;
}

const CodeChunk = memo(
  ({ text, spans }: CodeChunkProps): ReactElement => (
    <span className="md-code-chunk">{spans === undefined ? visibleText(text) : spans.map(codePiece)}</span>
  ),
);

function codePiece({ text, role }: CodeSpan, index: number): ReactElement {
  return (
    <span key={index} className={role && `code-${role}`}>
      {visibleText(text)}
    </span>
  );
}

function spansOf(highlighted: HighlightedChunk | undefined, chunk: string): readonly CodeSpan[] | undefined {
  return highlighted?.text === chunk ? highlighted.spans : undefined;
}
