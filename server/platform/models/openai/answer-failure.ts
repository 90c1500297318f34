/** Says in one sentence why an answer failed, and whether asking again can help. */
import type { EgressFailure } from "../../egress-failure.ts";
import type { Secret } from "../../secret.ts";
import type { ModelFailure } from "../language-model.ts";
import { type UpstreamError, upstreamErrorOf } from "./answer-reader.ts";
import type { StreamEnd } from "./answer-stream.ts";
import { plainSaid } from "./plain-said.ts";

export interface Failing {
  readonly failure: ModelFailure;
  /** Asking again can help, as long as nothing of the answer has come. */
  readonly isRetryable: boolean;
  /** What the server asks to wait. */
  readonly retryAfterMs?: number;
}

/** What a failure is about, for its words. */
export interface FailureContext {
  /** Host and port of the model server, as a person typed them. */
  readonly host: string;
  readonly model: string;
  readonly key: Secret | undefined;
}

type Code = ModelFailure["code"];

/** Makes the failure of an answer with an HTTP status of 400 or more. */
export function statusFailing(context: FailureContext, status: number, text: string, retryAfterMs?: number): Failing {
  return upstreamFailing(context, status, errorOf(text), retryAfterMs);
}

function errorOf(text: string): UpstreamError {
  try {
    const json: unknown = JSON.parse(text);
    return upstreamErrorOf(Array.isArray(json) ? json[0] : json);
  } catch {
    return { said: text };
  }
}

/** Makes the failure of a stream that ended in any way but a finished one. */
export function endFailing(
  context: FailureContext,
  end: Exclude<StreamEnd, { type: "finished" }>,
  idleMs: number,
): Failing {
  const { host } = context;
  switch (end.type) {
    case "broken":
      if (end.failure.code === "timed-out") return failing(context, "timed-out", `${host} stopped sending.`, true);
      return failing(context, "cut", `The connection to ${host} broke off.`, true);
    case "stalled":
      return failing(context, "timed-out", `${host} sent nothing for ${seconds(idleMs)}.`, true);
    case "too-large":
      return failing(context, "too-large", `${host} sent a piece of the answer that is too large to read.`, false);
    case "web-page":
      return notJson(context, end.text);
    case "failed":
      if (end.error) return upstreamFailing(context, end.error.status, end.error);
      if (end.code === "cut") {
        return failing(context, "cut", `${host} closed the connection before the answer was whole.`, true);
      }
      if (end.code === "server-error") return failing(context, "server-error", `${host} failed while answering.`, true);
      return failing(
        context,
        "malformed",
        `${host} sent something that is not an answer, or a broken piece of one.`,
        true,
      );
  }
}

/** Makes the failure of a request that got no answer at all. */
export function egressFailing(context: FailureContext, { code, detail, reason }: EgressFailure): Failing {
  const { host } = context;
  switch (code) {
    case "timed-out":
      return failing(context, "timed-out", `${host} gave no answer: ${reason}.`, true);
    case "bad-url":
      return failing(context, "refused", `The address of the model server cannot be used: ${reason}.`, false);
    case "refused-address":
      return failing(
        context,
        "refused",
        `${host} was not asked: ${reason}, which is not on the list of allowed hosts.`,
        false,
      );
    case "redirected":
      return failing(context, "refused", `${host} was not followed: ${reason}. The address may be wrong.`, false);
    case "too-large":
      return failing(context, "too-large", `${host} sent too much: ${reason}.`, false);
    case "wrong-type":
      return failing(context, "not-json", `${host} does not answer as a model server: ${reason}.`, false);
    case "tls":
      return failing(context, "unreachable", `The connection to ${host} is not safe: ${reason}.`, false);
    default:
      return failing(
        context,
        "unreachable",
        `${host} cannot be reached: ${reason}.`,
        detail === "reset" || detail === "other",
      );
  }
}

function notJson(context: FailureContext, text: string): Failing {
  const title = `${context.host} sent a web page instead of an answer. The address may be wrong.`;
  return failing(context, "not-json", title, false, { said: text });
}

const words: Readonly<Partial<Record<Code, (context: FailureContext, status: string) => string>>> = {
  "bad-key": ({ host, key }, status) =>
    key ? `${host} refused the key${status}.` : `${host} asks for a key${status}.`,
  "not-found": ({ host, model }, status) =>
    `${host} does not know this address or the model ${shortName(model)}${status}.`,
  "rate-limited": ({ host }, status) => `${host} takes no more requests for now${status}.`,
  refused: ({ host }, status) => `${host} refused the request${status}.`,
  unavailable: ({ host }, status) => `${host} is not available for now${status}.`,
  "server-error": ({ host }, status) => `${host} failed${status}.`,
  "too-large": ({ host }, status) => `The conversation is too large for ${host}${status}.`,
  "timed-out": ({ host }, status) => `${host} took too long${status}.`,
};

function upstreamFailing(
  context: FailureContext,
  status: number | undefined,
  error: UpstreamError,
  retryAfterMs?: number,
): Failing {
  const kind = (error.code ?? "").toLowerCase();
  const code = codeOf(status, kind);
  const isOutOfCredit = kind.includes("insufficient_quota") || kind.includes("billing") || status === 402;
  const shown = status === undefined ? "" : ` (${status})`;
  const title = isOutOfCredit
    ? `The account at ${context.host} has no credit left${shown}.`
    : (words[code]?.(context, shown) ?? `${context.host} failed${shown}.`);
  const isRetryable = !isOutOfCredit && ["rate-limited", "unavailable", "server-error", "timed-out"].includes(code);
  const waits = retryAfterMs === undefined ? {} : { retryAfterMs };
  const details = { said: error.said, ...(status === undefined ? {} : { status }) };
  return { ...failing(context, code, title, isRetryable, details), ...waits };
}

function codeOf(status: number | undefined, kind: string): Code {
  if (/rate_limit|insufficient_quota|too_many/.test(kind)) return "rate-limited";
  if (/invalid_api_key|authentication|permission/.test(kind)) return "bad-key";
  if (/overloaded|unavailable/.test(kind)) return "unavailable";
  if (/context_length|too_large/.test(kind)) return "too-large";
  if (status === undefined)
    return /invalid_request|content_policy|invalid_prompt/.test(kind) ? "refused" : "server-error";
  if (status === 401 || status === 403) return "bad-key";
  if (status === 404 || status === 405 || status === 410) return "not-found";
  if (status === 408) return "timed-out";
  if (status === 413) return "too-large";
  if (status === 402 || status === 425 || status === 429) return "rate-limited";
  if ([502, 503, 504, 520, 521, 522, 523, 524, 529].includes(status)) return "unavailable";
  return status >= 500 ? "server-error" : "refused";
}

function failing(
  { key }: FailureContext,
  code: Code,
  title: string,
  isRetryable: boolean,
  details: { readonly said?: string; readonly status?: number } = {},
): Failing {
  const said = details.said === undefined ? undefined : plainSaid(details.said, key);
  return {
    isRetryable,
    failure: {
      code,
      title,
      ...(said === undefined ? {} : { said }),
      ...(details.status === undefined ? {} : { status: details.status }),
    },
  };
}

function shortName(model: string): string {
  const plain = plainSaid(model, undefined) ?? "";
  return `“${plain.length > 80 ? `${plain.slice(0, 80)}…` : plain}”`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
