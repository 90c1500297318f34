/** What a scenario of the fault server has at hand. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { AnswerFrames, Api } from "./answer-frames.ts";

interface BodyMessage {
  readonly role?: string;
  readonly content?: unknown;
}

export interface ModelRequestBody {
  readonly model: string;
  readonly messages?: readonly BodyMessage[];
  readonly input?: readonly BodyMessage[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly [field: string]: unknown;
}

export interface Exchange {
  readonly api: Api;
  readonly body: ModelRequestBody;
  /** How often this model was asked this question, from 1. */
  readonly attempt: number;
  /** The text of the last message of the user. */
  readonly question: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly frames: AnswerFrames;
  /** Aborts when the client has gone. */
  readonly closed: AbortSignal;
  /** What follows the scenario's name: `2000` in `fault:long:2000`. */
  readonly argument?: string;
}

export type Scenario = (exchange: Exchange) => void | Promise<void>;
export type Scenarios = Readonly<Record<string, Scenario>>;

export const eventStream = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" };

/** Sends the headers of a stream and its first event. */
export function begin({ response, frames }: Exchange): void {
  response.writeHead(200, eventStream);
  response.write(frames.start());
}

/** Writes, and waits while the client does not read. */
export async function write({ response, closed }: Exchange, data: string | Uint8Array): Promise<void> {
  if (closed.aborted || response.write(data)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
  });
}

/** Waits so long, or until the client goes; true while it is there. */
export async function pause({ closed }: Exchange, ms: number): Promise<boolean> {
  await delay(ms, undefined, { signal: closed }).catch(() => undefined);
  return !closed.aborted;
}

/** A whole answer of a few words, as any server would send it. */
export async function fine(exchange: Exchange): Promise<void> {
  begin(exchange);
  for (const word of ["Good ", "morning", "."]) await write(exchange, exchange.frames.text(word));
  exchange.response.end(exchange.frames.finish());
}
