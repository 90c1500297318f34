/** Reads what a server sent, within limits of size, time and type. */
import type { Readable } from "node:stream";
import type { Egress, EgressRequest } from "./egress.ts";
import { type EgressFailure, egressFailure, egressFailureOf } from "./egress-failure.ts";

export interface BodyLimits {
  readonly limitBytes: number;
  /** From now until the last byte. */
  readonly timeoutMs: number;
}

export interface BodyRead {
  readonly type: "body";
  readonly text: string;
}

/** Reads a body as UTF-8, whole or not at all: over the limit is a `too-large` failure. Closes the stream in every case. */
export async function readBody(body: Readable, limits: BodyLimits): Promise<BodyRead | EgressFailure> {
  const { bytes, failure } = await collect(body, limits);
  return failure ?? { type: "body", text: bytes.toString("utf8") };
}

/** Reads what fits and what came in time, for error messages. Closes the stream in every case. */
export async function readWhatFits(body: Readable, limits: BodyLimits): Promise<string> {
  const { bytes } = await collect(body, limits);
  return bytes.subarray(0, limits.limitBytes).toString("utf8");
}

async function collect(
  body: Readable,
  { limitBytes, timeoutMs }: BodyLimits,
): Promise<{ readonly bytes: Buffer; readonly failure?: EgressFailure }> {
  const chunks: Buffer[] = [];
  let length = 0;
  let failure: EgressFailure | undefined;
  const timer = setTimeout(() => {
    failure = egressFailure("timed-out", `it did not finish within ${timeoutMs / 1000} s`);
    body.destroy(new Error("timed out"));
  }, timeoutMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= limitBytes) continue;
      failure = egressFailure("too-large", `it sent more than ${limitBytes} bytes`);
      break;
    }
  } catch (error) {
    failure ??= egressFailureOf(error);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return { bytes: Buffer.concat(chunks), ...(failure === undefined ? {} : { failure }) };
}

export interface JsonAnswer {
  readonly type: "json";
  readonly status: number;
  readonly json: unknown;
}

export interface ErrorAnswer {
  readonly type: "http-error";
  readonly status: number;
  /** At most 64 kB of what the server said. */
  readonly text: string;
}

const errorLimitBytes = 65_536;

/** Asks for JSON: `wrong-type` when something else comes, `http-error` for a status of 400 and more. */
export async function fetchJson(
  egress: Egress,
  request: EgressRequest,
  limits: BodyLimits = { limitBytes: 4_000_000, timeoutMs: 15_000 },
): Promise<JsonAnswer | ErrorAnswer | EgressFailure> {
  const answer = await egress.open({ ...request, headers: { accept: "application/json", ...request.headers } });
  if (answer.type === "failure") return answer;
  if (answer.status >= 400) {
    const text = await readWhatFits(answer.body, { ...limits, limitBytes: errorLimitBytes });
    return { type: "http-error", status: answer.status, text };
  }
  const type = answer.headers["content-type"] ?? "";
  if (type !== "" && !/json|text\/plain/i.test(type)) {
    answer.body.destroy();
    return egressFailure("wrong-type", "it sent something other than JSON");
  }
  const read = await readBody(answer.body, limits);
  if (request.signal?.aborted) return egressFailure("aborted", "it was stopped");
  if (read.type === "failure") return read;
  try {
    return { type: "json", status: answer.status, json: JSON.parse(read.text) };
  } catch {
    return egressFailure("wrong-type", "what it sent is not JSON");
  }
}

export interface BytesRead {
  readonly type: "bytes";
  readonly bytes: Buffer;
}

/** Reads a body whole or not at all, as it is. Closes the stream in every case. */
export async function readBytes(body: Readable, limits: BodyLimits): Promise<BytesRead | EgressFailure> {
  const { bytes, failure } = await collect(body, limits);
  return failure ?? { type: "bytes", bytes };
}
