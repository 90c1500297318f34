/** A language model that plays a script: the tests' model, and what the built-in guide speaks through. */
import type { LanguageModel, ModelPart, ModelRequest } from "./language-model.ts";

export interface ScriptedBatch {
  /** Milliseconds to wait before this batch; `Infinity` waits until the request is aborted. */
  readonly afterMs?: number;
  readonly parts: readonly ModelPart[];
}

/** The batches of one answer. Where the last part is neither `finish` nor `failure`, a `finish` is added. */
export type Script = Iterable<ScriptedBatch>;

/** Resolves after `milliseconds`, or rejects or resolves early once `signal` aborts. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * Plays `script` for every request: one script for all, or a function that makes one from the request. Without `wait`
 * the batches come without any pacing, so that a test takes no time.
 */
export function scriptedModel(script: Script | ((request: ModelRequest) => Script), wait?: Wait): LanguageModel {
  return {
    async *stream(request, signal) {
      try {
        for (const batch of typeof script === "function" ? script(request) : script) {
          await pause(batch.afterMs ?? 0, signal, wait);
          if (signal.aborted) return;
          yield batch.parts;
          if (signal.aborted) return;
          if (batch.parts.some((part) => part.type === "finish" || part.type === "failure")) return;
        }
        yield [{ type: "finish", reason: "stop" }];
      } catch (error) {
        if (signal.aborted) return;
        const title = error instanceof Error ? error.message : "The script could not be played.";
        yield [{ type: "failure", failure: { code: "unavailable", title } }];
      }
    },
  };
}

/**
 * A text as batches of one word each (the blanks behind a word go with it), `wordsPerSecond` apart; a paragraph's end
 * takes four words' time. The pieces put together are `text` again.
 */
export function scriptText(text: string, wordsPerSecond: number): readonly ScriptedBatch[] {
  const pieces = text.match(/\s*\S+\s*/g) ?? [];
  let afterMs = 0;
  return pieces.map((piece) => {
    const batch: ScriptedBatch = { afterMs, parts: [{ type: "text", text: piece }] };
    afterMs = (piece.includes("\n\n") ? 4000 : 1000) / wordsPerSecond;
    return batch;
  });
}

async function pause(milliseconds: number, signal: AbortSignal, wait: Wait | undefined): Promise<void> {
  if (signal.aborted) return;
  if (milliseconds === Number.POSITIVE_INFINITY) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    return;
  }
  if (wait !== undefined && milliseconds > 0) await wait(milliseconds, signal);
}
