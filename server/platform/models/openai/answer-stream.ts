/** Reads the body of an answer: reads of the network in, batches of parts out. */
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createParser, type EventSourceParser } from "eventsource-parser";
import { type EgressFailure, egressFailureOf } from "../../egress-failure.ts";
import type { ModelPart } from "../language-model.ts";
import type { AnswerEnd, AnswerReader } from "./answer-reader.ts";
import type { PartBatch } from "./part-batch.ts";

export interface AnswerStreamOptions {
  readonly body: Readable;
  readonly batch: PartBatch;
  readonly reader: AnswerReader;
  /** Longest silence between two reads of the network. */
  readonly idleTimeoutMs: number;
  /** Longest single event, in characters. */
  readonly eventLimit: number;
  /** Longest answer that comes as one JSON document, in characters. */
  readonly documentLimit: number;
}

export type StreamEnd =
  | AnswerEnd
  | { readonly type: "broken"; readonly failure: EgressFailure }
  | { readonly type: "too-large" }
  | { readonly type: "stalled" }
  | { readonly type: "web-page"; readonly text: string };

/** With this many characters waiting for the reader, the network is held back. */
const enoughWaiting = 1_000_000;
/** How long after "I am done" the numbers may take. */
const finishingMs = 3_000;
/** How long a connection that should be over may take to say so, before it is closed instead of kept for the next request. */
const drainMs = 1_000;
/** How much of a web page is read to say what it is. */
const pageLimit = 4_000;

/** One answer on its way: owns the connection until the answer is over or `close` is called. */
export class AnswerStream {
  readonly #options: AnswerStreamOptions;
  readonly #decoder = new StringDecoder("utf8");
  readonly #parser: EventSourceParser;
  /** An answer that is no stream of events: a JSON document, or a web page. */
  readonly #document: string[] = [];
  #documentLength = 0;
  #kind: "unknown" | "events" | "json" | "page" = "unknown";
  #end: StreamEnd | undefined;
  #wake: (() => void) | undefined;
  #isFinishing = false;
  #silence: NodeJS.Timeout;

  constructor(options: AnswerStreamOptions) {
    this.#options = options;
    this.#parser = createParser({
      maxBufferSize: options.eventLimit,
      onEvent: ({ data, event }) => {
        if (this.#end === undefined) this.#settle(readEvent(options.reader, data, event));
      },
      onError: (error) => {
        if (error.type === "max-buffer-size-exceeded") this.#settle({ type: "too-large" });
      },
    });
    this.#silence = setTimeout(() => this.#onSilence(), options.idleTimeoutMs);
    options.body.on("data", (chunk: Buffer) => this.#onData(chunk));
    options.body.on("end", () => this.#onEnd());
    options.body.on("error", (error) => this.#onOver({ type: "broken", failure: egressFailureOf(error) }));
    options.body.on("close", () => this.#onOver());
  }

  /** The parts since the last call; waits for some. `undefined`: there are no more, and `end` says why. */
  async next(): Promise<readonly ModelPart[] | undefined> {
    const { batch, body } = this.#options;
    while (batch.isEmpty()) {
      if (this.#end !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (body.isPaused()) body.resume();
    return batch.take();
  }

  /** How it ended; `undefined` while it goes on. */
  get end(): StreamEnd | undefined {
    return this.#end;
  }

  /** Closes the connection when the answer is not over. */
  close(): void {
    clearTimeout(this.#silence);
    if (this.#end === undefined) this.#options.body.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#end !== undefined) return;
    this.#silence.refresh();
    this.#take(this.#decoder.write(chunk));
    const { reader, batch, body, idleTimeoutMs } = this.#options;
    if (!this.#isFinishing && reader.isFinishing() && this.#end === undefined) {
      this.#isFinishing = true;
      clearTimeout(this.#silence);
      this.#silence = setTimeout(() => this.#onSilence(), Math.min(finishingMs, idleTimeoutMs));
    }
    if (batch.size() > enoughWaiting) body.pause();
    this.#wake?.();
  }

  #take(text: string): void {
    if (this.#kind === "unknown") this.#kind = kindOf(text);
    if (this.#kind === "events") return this.#parser.feed(text);
    if (this.#kind === "unknown") return;
    this.#document.push(text);
    this.#documentLength += text.length;
    if (this.#kind === "page" && this.#documentLength > pageLimit) this.#settleDocument();
    if (this.#documentLength > this.#options.documentLimit) this.#settle({ type: "too-large" });
  }

  #onEnd(): void {
    if (this.#end === undefined) {
      this.#take(this.#decoder.end());
      if (this.#kind === "events") this.#endEvents();
      else this.#settleDocument();
    }
    this.#onOver();
  }

  /** The last event may lack the empty line that closes it. When it is half an event, that is a cut and no fault of form. */
  #endEvents(): void {
    this.#parser.feed("\n\n");
    const end = this.#end;
    if (end?.type === "failed" && end.code === "malformed") this.#end = { type: "failed", code: "cut" };
  }

  #settleDocument(): void {
    const text = this.#document.join("");
    if (this.#kind === "page") return this.#settle({ type: "web-page", text });
    if (this.#kind === "json") return this.#settle(readDocument(this.#options.reader, text));
  }

  #onSilence(): void {
    this.#onOver(this.#isFinishing ? undefined : { type: "stalled" });
  }

  /** The stream is over or broke off. An answer that was whole by then stays whole. */
  #onOver(otherwise?: StreamEnd): void {
    if (this.#end === undefined) {
      const verdict = this.#options.reader.end();
      this.#settle(verdict.type === "finished" ? verdict : (otherwise ?? verdict));
    }
    this.#wake?.();
  }

  #settle(end: StreamEnd | undefined): void {
    if (end === undefined || this.#end !== undefined) return;
    this.#end = end;
    clearTimeout(this.#silence);
    if (end.type === "finished") letGo(this.#options.body);
    else this.#options.body.destroy();
  }
}

/** What a server sends may be made to break its reader, such as JSON that is nested a million deep: that ends this answer only. */
function readEvent(reader: AnswerReader, data: string, event: string | undefined): AnswerEnd | undefined {
  try {
    return reader.read(data, event);
  } catch {
    return { type: "failed", code: "malformed" };
  }
}

/** The first visible character tells a stream from a JSON document and from a web page; content types are often wrong. */
function kindOf(text: string): "unknown" | "events" | "json" | "page" {
  const first = text
    .replace(/^\uFEFF/, "")
    .trimStart()
    .at(0);
  if (first === undefined) return "unknown";
  if (first === "<") return "page";
  return first === "{" || first === "[" ? "json" : "events";
}

function readDocument(reader: AnswerReader, text: string): AnswerEnd {
  try {
    return reader.readWhole(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return { type: "failed", code: "malformed" };
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
