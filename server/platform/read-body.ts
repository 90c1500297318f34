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
  /** The rest was left out at the limit. */
  readonly isCut: boolean;
}

/** Reads a body as UTF-8. Over the limit: a `too-large` failure. The stream is closed in every case. */
export async function readBody(body: Readable, limits: BodyLimits): Promise<BodyRead | EgressFailure> {
  const read = await readWhatFits(body, limits);
  if (read.type === "failure" || !read.isCut) return read;
  return egressFailure("too-large", `it sent more than ${limits.limitBytes} bytes`);
}

/** As `readBody`, but what fits is kept when the limit is reached or the stream breaks off: for error messages. */
export async function readWhatFits(
  body: Readable,
  { limitBytes, timeoutMs }: BodyLimits,
): Promise<BodyRead | EgressFailure> {
  const chunks: Buffer[] = [];
  let length = 0;
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    body.destroy(new Error("timed out"));
  }, timeoutMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limitBytes) break;
    }
  } catch (error) {
    if (hasTimedOut) return egressFailure("timed-out", `it did not finish within ${timeoutMs / 1000} s`);
    return egressFailureOf(error);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  const text = Buffer.concat(chunks).subarray(0, limitBytes).toString("utf8");
  return { type: "body", text, isCut: length > limitBytes };
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

/** Asks for JSON: `wrong-type` when something else comes, `http-error` for a status of 400 and more. */
export async function fetchJson(
  egress: Egress,
  request: EgressRequest,
  limits: BodyLimits = { limitBytes: 4_000_000, timeoutMs: 15_000 },
): Promise<JsonAnswer | ErrorAnswer | EgressFailure> {
  const answer = await egress.open({ ...request, headers: { accept: "application/json", ...request.headers } });
  if (answer.type === "failure") return answer;
  if (answer.status >= 400) {
    const said = await readWhatFits(answer.body, { limitBytes: 65_536, timeoutMs: limits.timeoutMs });
    return { type: "http-error", status: answer.status, text: said.type === "body" ? said.text : "" };
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
