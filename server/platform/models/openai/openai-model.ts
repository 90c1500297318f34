/** A language model behind an OpenAI-compatible server, over either of its two APIs. */
import type { Egress, EgressResponse } from "../../egress.ts";
import { readWhatFits } from "../../read-body.ts";
import type { Secret } from "../../secret.ts";
import type { LanguageModel, ModelPart, ModelRequest } from "../language-model.ts";
import { egressFailing, endFailing, type Failing, type FailureContext, statusFailing } from "./answer-failure.ts";
import { endpointUrl, type OpenAiApi } from "./base-url.ts";
import { chatCompletionsReader } from "./chat-completions.ts";
import { createPartBatch } from "./part-batch.ts";
import { type AnswerStream, readAnswer } from "./read-answer.ts";
import { createRequestForm, type RequestForm } from "./request-form.ts";
import { responsesReader } from "./responses.ts";
import { longestPauseMs, pauseBeforeRetry, retryAfterMs, type Wait, waitFor } from "./retry.ts";

export interface OpenAiModelOptions {
  /** As `normaliseBaseUrl` gives it: the API's path is put behind it. */
  readonly baseUrl: string;
  readonly key?: Secret;
  readonly api: OpenAiApi;
  readonly egress: Egress;
  /** 0 ≤ x < 1; `Math.random` by default. */
  readonly random?: () => number;
  readonly wait?: Wait;
  /** Milliseconds since 1970, to read a `Retry-After` date with. */
  readonly now?: () => number;
  /** Until the headers are here; long, since local servers load the model first. 120,000 by default. */
  readonly headersTimeoutMs?: number;
  /** Longest silence within an answer; 120,000 by default. */
  readonly idleTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
}

/** Characters of one event. The Responses API closes a stream with one event that holds the whole answer again. */
const eventLimits: Readonly<Record<OpenAiApi, number>> = { "chat-completions": 8_000_000, responses: 32_000_000 };
const wholeLimit = 32_000_000;
const defaultTimeoutMs = 120_000;

type Opened = { readonly type: "opened"; readonly answer: EgressResponse } | ({ readonly type: "failing" } & Failing);

/** See `LanguageModel`: asks up to 3 times before the first token, never after it, and never throws. */
export function openAiModel(options: OpenAiModelOptions): LanguageModel {
  const { api, random = Math.random, wait = waitFor, idleTimeoutMs = defaultTimeoutMs } = options;
  const url = endpointUrl(options.baseUrl, api === "responses" ? "/responses" : "/chat/completions");
  const form = createRequestForm(api, url.hostname);

  async function open(request: ModelRequest, context: FailureContext, signal: AbortSignal): Promise<Opened> {
    const answer = await options.egress.open({
      url,
      method: "POST",
      headers: headersOf(options.key),
      body: JSON.stringify(form.body(request)),
      signal,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      headersTimeoutMs: options.headersTimeoutMs ?? defaultTimeoutMs,
    });
    if (answer.type === "failure") return { type: "failing", ...egressFailing(context, answer) };
    if (answer.status >= 200 && answer.status < 300) return { type: "opened", answer };
    const read = await readWhatFits(answer.body, { limitBytes: 65_536, timeoutMs: 5_000 });
    const text = read.type === "body" ? read.text : "";
    if (learns(form, request, answer.status, text)) return open(request, context, signal);
    const asked = retryAfterMs(answer.headers, options.now?.() ?? Date.now());
    const failed = { status: answer.status, text, ...(asked === undefined ? {} : { retryAfterMs: asked }) };
    return { type: "failing", ...statusFailing(context, failed) };
  }

  function readerOf(answer: EgressResponse): AnswerStream {
    const batch = createPartBatch();
    const reader = api === "responses" ? responsesReader(batch) : chatCompletionsReader(batch);
    return readAnswer({ body: answer.body, batch, reader, idleTimeoutMs, eventLimit: eventLimits[api], wholeLimit });
  }

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<readonly ModelPart[]> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const context = { host: url.host, model: request.model, key: options.key, hasText: false };
      const opened = await open(request, context, signal);
      let failing: Failing | undefined = opened.type === "failing" ? opened : undefined;
      let hasText = false;
      if (opened.type === "opened") {
        const answer = readerOf(opened.answer);
        try {
          for (let parts = await answer.next(); parts !== undefined; parts = await answer.next()) {
            if (signal.aborted) return;
            hasText = true;
            yield parts;
          }
        } finally {
          answer.close();
        }
        const end = answer.end();
        if (end === undefined || end.type === "finished") return;
        failing = endFailing({ ...context, hasText }, end, idleTimeoutMs);
      }
      if (signal.aborted || failing === undefined) return;
      const pause =
        hasText || !failing.isRetryable ? undefined : pauseBeforeRetry(attempt, failing.retryAfterMs, random);
      if (pause === undefined) {
        yield [{ type: "failure", failure: withHistory(failing, attempt) }];
        return;
      }
      yield [{ type: "retry", attempt: attempt + 1, afterMs: pause, reason: failing.failure.title }];
      if (!(await waited(wait, pause, signal))) return;
    }
  }

  return { stream };
}

function headersOf(key: Secret | undefined): Record<string, string> {
  return {
    accept: "text/event-stream, application/json",
    "content-type": "application/json",
    ...(key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` }),
  };
}

/** A server that refuses a field which not all of them know is asked once more without it. */
function learns(form: RequestForm, request: ModelRequest, status: number, text: string): boolean {
  return (status === 400 || status === 422) && form.learn(request, text);
}

function withHistory({ failure, retryAfterMs: asked }: Failing, attempts: number): Failing["failure"] {
  const tried = attempts > 1 ? ` Asked ${attempts} times.` : "";
  const pause = asked !== undefined && asked > longestPauseMs ? ` It asks to wait ${minutes(asked)}.` : "";
  return { ...failure, title: `${failure.title}${tried}${pause}` };
}

function minutes(ms: number): string {
  const whole = Math.ceil(ms / 60_000);
  return whole === 1 ? "1 minute" : `${whole} minutes`;
}

async function waited(wait: Wait, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, signal);
    return !signal.aborted;
  } catch {
    return false;
  }
}
