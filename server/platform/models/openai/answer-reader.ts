/** What the readers of the two APIs have in common. */
import type { ModelFailure, ModelPart } from "../language-model.ts";

/** An error that the server sent inside a stream that had begun with status 200. */
export interface UpstreamError {
  readonly code?: string;
  readonly status?: number;
  readonly said: string;
}

export type AnswerEnd =
  | { readonly type: "finished" }
  | { readonly type: "failed"; readonly code: ModelFailure["code"]; readonly error?: UpstreamError };

/** Takes the events of one streamed answer and puts parts into the batch it was made with. */
export interface AnswerReader {
  /** `data` is the text of one event. Gives the end when this event is the last one that matters. */
  read(data: string, event: string | undefined): AnswerEnd | undefined;
  /** Takes an answer that came as one JSON document instead of a stream. */
  readWhole(json: unknown): AnswerEnd;
  /** The stream is over: says whether the answer was. Held-back text is given out. */
  end(): AnswerEnd;
  /** The model has said that it is done, and at most numbers can still come. */
  isFinishing(): boolean;
}

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined, null and everything else that is no text are the empty one. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A finite number from 0 on; undefined for everything else that a server may have put there. */
export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Reads the many shapes that errors have: `{error: {…}}`, `{error: "…"}`, `{message}`, `{detail}`, a bare string. */
export function upstreamErrorOf(value: unknown): UpstreamError {
  if (typeof value === "string") return { said: value };
  if (!isObject(value)) return { said: "" };
  if (isObject(value.error) || (typeof value.error === "string" && value.error !== ""))
    return upstreamErrorOf(value.error);
  const message = [value.message, value.detail, value.error_message, value.msg].find((each) => textOf(each) !== "");
  const code = [value.code, value.type].find((each) => typeof each === "string" && each !== "" && each !== "error");
  const status = [value.code, value.status, value.status_code].find(isHttpError);
  return {
    said: message === undefined ? JSON.stringify(value) : textOf(message),
    ...(typeof code === "string" ? { code } : {}),
    ...(status === undefined ? {} : { status: Number(status) }),
  };
}

function isHttpError(value: unknown): boolean {
  const number = Number(value);
  return (typeof value === "number" || typeof value === "string") && number >= 400 && number <= 599;
}

/** The `usage` part of two counts that may be missing. */
export function usagePart(input: unknown, output: unknown): ModelPart | undefined {
  const inputTokens = countOf(input);
  const outputTokens = countOf(output);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return {
    type: "usage",
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
}
