import { useEffect, useState } from "react";
import { chunksOf } from "./code-chunks.ts";
import type { Grammar } from "./code-language.ts";
import type { CodeSpan } from "./highlight.ts";
import { createHighlighting } from "./highlighting.ts";

/** The spans of a chunk, and the chunk they belong to: they are used only while it still reads like that. */
export interface HighlightedChunk {
  readonly text: string;
  readonly spans: readonly CodeSpan[];
}

const maxLength = 50_000;
/** Code inside a list that still grows is coloured when it has been still for so long. */
const restMilliseconds = 150;

const highlighting = createHighlighting(
  () => new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" }),
);

/**
 * Colours code chunk by chunk in a worker, after the code is complete. Long code, code in an unknown language and code
 * that takes too long stay plain.
 */
export function useHighlight(
  chunks: readonly string[],
  grammar: Grammar | undefined,
  { isOpen }: { readonly isOpen: boolean },
): readonly HighlightedChunk[] {
  const [highlighted, setHighlighted] = useState<readonly HighlightedChunk[]>([]);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const isWanted = !isOpen && grammar !== undefined && length <= maxLength;
  // The array is new at every parse: the code itself says whether there is something to do.
  const code = isWanted ? chunks.join("") : "";
  useEffect(() => {
    if (code === "" || grammar === undefined) return;
    const parts = chunksOf(code);
    const ending = new AbortController();
    const done: HighlightedChunk[] = [];
    const show = (spans: readonly CodeSpan[]): void => {
      done.push({ text: parts[done.length] ?? "", spans });
      setHighlighted([...done]);
    };
    const timer = setTimeout(
      () => highlighting.highlight({ chunks: parts, grammar, signal: ending.signal, show }),
      restMilliseconds,
    );
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [code, grammar]);
  return highlighted;
}
