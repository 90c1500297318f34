/** Reads the body of an answer: network reads in, batches of parts out. */
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createParser } from "eventsource-parser";
import { type EgressFailure, egressFailureOf } from "../../egress-failure.ts";
import type { ModelPart } from "../language-model.ts";
import type { AnswerEnd, AnswerReader } from "./answer-reader.ts";
import type { PartBatch } from "./part-batch.ts";

export interface ReadAnswerOptions {
  readonly body: Readable;
  readonly batch: PartBatch;
  readonly reader: AnswerReader;
  /** Longest silence between two reads of the network. */
  readonly idleTimeoutMs: number;
  /** Longest single event, in characters. */
  readonly eventLimit: number;
  /** Longest answer that comes as one JSON document, in bytes. */
  readonly wholeLimit: number;
}

export type ReadEnd =
  | AnswerEnd
  | { readonly type: "broken"; readonly failure: EgressFailure }
  | { readonly type: "too-large" }
  | { readonly type: "stalled" }
  | { readonly type: "web-page"; readonly text: string };

export interface AnswerStream {
  /** The parts since the last call; waits for some. `undefined`: there are no more, `end()` says why. */
  next(): Promise<readonly ModelPart[] | undefined>;
  end(): ReadEnd | undefined;
  /** Closes the connection when the answer is not over. */
  close(): void;
}

/** With this much text waiting for the reader, the network is held back. */
const enoughWaiting = 1_000_000;
/** How long after "I am done" the numbers may take. */
const finishingMs = 3_000;
/** How long a connection that should be over may take to say so, before it is closed instead of kept for the next request. */
const drainMs = 1_000;

export function readAnswer(options: ReadAnswerOptions): AnswerStream {
  const { body, batch, reader, idleTimeoutMs } = options;
  const decoder = new StringDecoder("utf8");
  let end: ReadEnd | undefined;
  let wake: (() => void) | undefined;
  let feed = feedFirst;
  let isFinishing = false;
  let idle = setTimeout(onSilence, idleTimeoutMs);

  const parser = createParser({
    maxBufferSize: options.eventLimit,
    onEvent({ data, event }) {
      if (end === undefined) settle(reader.read(data, event));
    },
    onError(error) {
      if (error.type === "max-buffer-size-exceeded") settle({ type: "too-large" });
    },
  });

  function settle(outcome: ReadEnd | undefined): void {
    if (outcome === undefined || end !== undefined) return;
    end = outcome;
    clearTimeout(idle);
    letGo(body);
  }

  /** The stream is over or broke off; an answer that was whole by then stays whole. */
  function settleWith(otherwise?: ReadEnd): void {
    if (end !== undefined) return;
    const verdict = reader.end();
    settle(verdict.type === "finished" ? verdict : (otherwise ?? verdict));
  }

  function onSilence(): void {
    settleWith(isFinishing ? undefined : { type: "stalled" });
    wake?.();
  }

  /** What the first visible character is tells a stream from a JSON document and from a web page; types are often wrong. */
  function feedFirst(text: string): void {
    const first = text.replace(/^\uFEFF/, "").trimStart();
    if (first === "") return;
    if (first.startsWith("<")) feed = feedWhole("page");
    else if (first.startsWith("{") || first.startsWith("[")) feed = feedWhole("json");
    else feed = (piece) => parser.feed(piece);
    feed(text);
  }

  const whole: string[] = [];
  let wholeKind: "none" | "page" | "json" = "none";
  let wholeLength = 0;

  function feedWhole(kind: "page" | "json"): (text: string) => void {
    wholeKind = kind;
    return (text) => {
      whole.push(text);
      wholeLength += text.length;
      if (kind === "page" && wholeLength > 4_000) settle({ type: "web-page", text: whole.join("") });
      if (wholeLength > options.wholeLimit) settle({ type: "too-large" });
    };
  }

  function onData(chunk: Buffer): void {
    if (end !== undefined) return;
    idle.refresh();
    feed(decoder.write(chunk));
    if (!isFinishing && reader.isFinishing() && end === undefined) {
      isFinishing = true;
      clearTimeout(idle);
      idle = setTimeout(onSilence, Math.min(finishingMs, idleTimeoutMs));
    }
    if (batch.size() > enoughWaiting) body.pause();
    wake?.();
  }

  function onEnd(): void {
    if (end === undefined) finishText();
    wake?.();
  }

  function finishText(): void {
    feed(decoder.end());
    if (wholeKind === "page") return settle({ type: "web-page", text: whole.join("") });
    if (wholeKind === "json") return settle(readWhole(reader, whole.join("")));
    // A last event without the empty line that closes it; half an event is a cut, not a fault of form.
    parser.feed("\n\n");
    if (end?.type === "failed" && end.code === "malformed") end = { type: "failed", code: "cut" };
    settleWith();
  }

  body.on("data", onData);
  body.on("end", onEnd);
  body.on("error", (error) => {
    settleWith({ type: "broken", failure: egressFailureOf(error) });
    wake?.();
  });
  body.on("close", () => {
    settleWith();
    wake?.();
  });

  return {
    async next() {
      while (batch.isEmpty() && end === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      if (batch.isEmpty()) return undefined;
      if (body.isPaused()) body.resume();
      return batch.take();
    },
    end: () => end,
    close() {
      clearTimeout(idle);
      if (end === undefined) body.destroy();
    },
  };
}

function readWhole(reader: AnswerReader, text: string): AnswerEnd {
  try {
    return reader.readWhole(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return { type: "failed", code: "cut" };
  }
}

/** Lets a finished connection come to its end, so that it can be used again; one that goes on is closed. */
function letGo(body: Readable): void {
  if (body.destroyed || body.readableEnded) return;
  body.resume();
  const timer = setTimeout(() => body.destroy(), drainMs);
  timer.unref();
  body.once("close", () => clearTimeout(timer));
}
