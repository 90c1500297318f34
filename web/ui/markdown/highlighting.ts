import type { Grammar } from "./code-language.ts";
import type { CodeSpan } from "./highlight.ts";
import type { HighlightReply, HighlightRequest } from "./highlight-worker.ts";

interface Job {
  readonly chunks: readonly string[];
  readonly grammar: Grammar;
  readonly signal: AbortSignal;
  readonly show: (spans: readonly CodeSpan[]) => void;
}

export interface Highlighting {
  /** Calls `show` with the spans of each chunk in turn, until done, given up or aborted. Never throws. */
  highlight(job: Job): void;
}

/** A block that takes longer stays as far coloured as it is. */
const maxMilliseconds = 10_000;

/**
 * Colours one block after the other in one worker, which is started with the first block. A grammar that runs away on
 * hostile code costs the worker its life, and the page nothing.
 */
export function createHighlighting(startWorker: () => Worker): Highlighting {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let isBusy = false;
  let lastId = 0;

  function next(): void {
    if (isBusy) return;
    const job = waiting.find(({ signal }) => !signal.aborted);
    waiting.splice(0, job === undefined ? waiting.length : waiting.indexOf(job) + 1);
    if (job === undefined) return;
    isBusy = true;
    run(job);
  }

  function run(job: Job): void {
    lastId += 1;
    const id = lastId;
    const current = worker ?? startWorker();
    worker = current;
    const ending = new AbortController();
    const end = (): void => {
      ending.abort();
      clearTimeout(limit);
      isBusy = false;
      next();
    };
    const giveUp = (): void => {
      current.terminate();
      worker = undefined;
      end();
    };
    const limit = setTimeout(giveUp, maxMilliseconds);
    const hear = (event: MessageEvent<HighlightReply>): void => {
      if (event.data.id !== id) return;
      if (event.data.spans === undefined) end();
      else if (!job.signal.aborted) job.show(event.data.spans);
    };
    current.addEventListener("message", hear, { signal: ending.signal });
    current.addEventListener("error", giveUp, { signal: ending.signal });
    current.postMessage({ id, chunks: job.chunks, grammar: job.grammar } satisfies HighlightRequest);
  }

  return {
    highlight(job) {
      waiting.push(job);
      next();
    },
  };
}
