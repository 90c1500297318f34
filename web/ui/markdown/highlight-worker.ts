import type { Grammar } from "./code-language.ts";
import { type CodeSpan, highlightChunks } from "./highlight.ts";

/** Code to be coloured; the answers come chunk by chunk, the last one without spans. */
export interface HighlightRequest {
  readonly id: number;
  readonly chunks: readonly string[];
  readonly grammar: Grammar;
}

export interface HighlightReply {
  readonly id: number;
  readonly spans: readonly CodeSpan[] | undefined;
}

addEventListener("message", (event: MessageEvent<HighlightRequest>) => void answer(event.data));

async function answer({ id, chunks, grammar }: HighlightRequest): Promise<void> {
  try {
    for await (const spans of highlightChunks(chunks, grammar)) postMessage({ id, spans } satisfies HighlightReply);
  } finally {
    postMessage({ id, spans: undefined } satisfies HighlightReply);
  }
}
