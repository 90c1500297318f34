import { useEffect, useState } from "react";
import type { Grammar } from "./code-language.ts";
import type { CodeSpan } from "./highlight.ts";

/** The spans of a chunk, and the chunk they belong to: they are used only while it still reads like that. */
export interface HighlightedChunk {
  readonly text: string;
  readonly spans: readonly CodeSpan[];
}

const maxLength = 50_000;
const maxMilliseconds = 500;

/**
 * Colours code when the browser has nothing else to do, chunk by chunk, after the code is complete. Long code, code in
 * an unknown language and code that takes too long stay plain.
 */
export function useHighlight(
  chunks: readonly string[],
  grammar: Grammar | undefined,
  { isOpen }: { readonly isOpen: boolean },
): readonly HighlightedChunk[] {
  const [highlighted, setHighlighted] = useState<readonly HighlightedChunk[]>([]);
  const code = chunks.join("");
  useEffect(() => {
    if (isOpen || grammar === undefined || code.length > maxLength) return;
    const ending = new AbortController();
    const pieces = chunks.slice();
    colour(pieces, grammar, ending.signal, setHighlighted).catch(() => setHighlighted([]));
    return () => ending.abort();
    // The joined code stands for its chunks, whose array is new at every parse.
  }, [code, grammar, isOpen]);
  return highlighted;
}

async function colour(
  chunks: readonly string[],
  grammar: Grammar,
  signal: AbortSignal,
  show: (highlighted: readonly HighlightedChunk[]) => void,
): Promise<void> {
  await idle();
  if (signal.aborted) return;
  const { highlightChunks } = await import("./highlight.ts");
  const done: HighlightedChunk[] = [];
  let spent = 0;
  let started = performance.now();
  for await (const spans of highlightChunks(chunks, grammar)) {
    spent += performance.now() - started;
    if (signal.aborted) return;
    done.push({ text: chunks[done.length] ?? "", spans });
    show([...done]);
    if (spent > maxMilliseconds) return;
    await idle();
    started = performance.now();
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, 50);
  });
}
