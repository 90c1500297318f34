/** A language model that runs a GGUF file in a process of its own, which is started with the first request. */
import { availableParallelism } from "node:os";
import type { spawnProgram } from "../../spawn.ts";
import type { LanguageModel, ModelFailure, ModelPart, ModelRequest } from "../language-model.ts";
import { createItemQueue } from "./item-queue.ts";
import type { LocalModelFiles } from "./local-model-files.ts";
import { createLocalModelProcess, type ProcessNews } from "./local-model-process.ts";

export interface LocalModelOptions {
  readonly files: LocalModelFiles;
  /** `local-model-child`, as source or as built. */
  readonly childScript: string;
  readonly spawn: typeof spawnProgram;
  /** Tokens of prompt and answer together; 4096 by default. */
  readonly contextTokens?: number;
  /** How long the process stays without a request; 5 minutes by default. */
  readonly idleMs?: number;
  /** 8 GiB by default. */
  readonly memoryLimitBytes?: number;
}

export interface LocalModel {
  /** The names to ask for. */
  readonly names: readonly string[];
  /** One answer at a time; others wait for it. */
  readonly model: LanguageModel;
  /** Ends the process. */
  close(): Promise<void>;
}

/** What is told to the reader of one answer. */
type News = ProcessNews | { readonly type: "stopped" };

/** The port's adapter for a model file on this computer. One answer at a time; the others wait their turn. */
export function createLocalModel(options: LocalModelOptions): LocalModel {
  const { files, contextTokens = 4096, idleMs = 300_000, memoryLimitBytes = 8 * 2 ** 30 } = options;
  // Half of the cores, so that the rest of the machine does not stall the threads that wait for each other.
  const threads = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));
  const childArguments = [files.runtime, String(contextTokens), String(threads)];
  const process = createLocalModelProcess({ ...options, childArguments, idleMs, memoryLimitBytes });
  let lastTurn: Promise<void> = Promise.resolve();
  let lastId = 0;

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<readonly ModelPart[]> {
    const modelFile = files.models.get(request.model);
    if (modelFile === undefined) return yield [noSuchModel(request.model, files)];
    lastId += 1;
    const id = lastId;
    const queue = createItemQueue<News>();
    const stop = () => queue.push({ type: "stopped" });
    signal.addEventListener("abort", stop, { once: true });
    const { messages, parameters = {} } = request;
    let isLeft = false;
    lastTurn = lastTurn.then(async () => {
      if (signal.aborted || isLeft) return;
      await process.generate({ type: "generate", id, modelFile, messages, parameters }, queue.push);
    });
    try {
      yield* partsFrom(queue.take, signal);
    } finally {
      isLeft = true;
      signal.removeEventListener("abort", stop);
      process.stop(id);
    }
  }

  return { names: [...files.models.keys()], model: { stream }, close: process.close };
}

/** Pieces that came together are one part. Ends after `finish` or `failure`, or when `signal` has aborted. */
async function* partsFrom(
  take: () => Promise<readonly News[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly ModelPart[]> {
  let hasText = false;
  while (!signal.aborted) {
    const news = await take();
    if (signal.aborted) return;
    const text = news.map((item) => (item.type === "text" ? item.text : "")).join("");
    hasText ||= text !== "";
    const last = news.at(-1);
    const ending = last === undefined ? [] : endingParts(last, hasText);
    const parts: readonly ModelPart[] = [...(text === "" ? [] : [{ type: "text", text } as const]), ...ending];
    if (parts.length > 0) yield parts;
    if (ending.length > 0) return;
  }
}

function endingParts(news: News, hasText: boolean): readonly ModelPart[] {
  switch (news.type) {
    case "text":
    case "stopped":
      return [];
    case "end":
      return [
        { type: "usage", inputTokens: news.inputTokens, outputTokens: news.outputTokens },
        { type: "finish", reason: news.reason },
      ];
    case "failed":
      return [{ type: "failure", failure: { code: news.code, title: news.title } }];
    case "gone":
      return [{ type: "failure", failure: goneFailure(news.end, hasText) }];
  }
}

function goneFailure({ reason, cause, code }: Extract<News, { type: "gone" }>["end"], hasText: boolean): ModelFailure {
  const how = cause ?? (code === undefined ? reason : `code ${code}`);
  const title =
    reason === "too-much-memory"
      ? "The local model took more memory than it may and was ended."
      : `The process of the local model ended (${how}).`;
  return { code: hasText ? "cut" : "unavailable", title };
}

function noSuchModel(name: string, { models }: LocalModelFiles): ModelPart {
  const title = `There is no model file named ${name} here. There is ${[...models.keys()].join(", ")}.`;
  return { type: "failure", failure: { code: "not-found", title } };
}
