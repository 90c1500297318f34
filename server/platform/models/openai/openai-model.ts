/** A language model behind an OpenAI-compatible server, over either of its two APIs. */
import type { Egress, EgressResponse } from "../../egress.ts";
import { readWhatFits } from "../../read-body.ts";
import type { Secret } from "../../secret.ts";
import type { LanguageModel, ModelPart, ModelRequest } from "../language-model.ts";
import { egressFailing, endFailing, type Failing, type FailureContext, statusFailing } from "./answer-failure.ts";
import { AnswerStream } from "./answer-stream.ts";
import { endpointUrl, type OpenAiApi } from "./base-url.ts";
import { chatCompletionsReader } from "./chat-completions-reader.ts";
import { createPartBatch } from "./part-batch.ts";
import { createRequestForm, type RequestForm } from "./request-form.ts";
import { responsesReader } from "./responses-reader.ts";
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
  /** 10,000 by default. */
  readonly connectTimeoutMs?: number;
  /** Until the headers are here; long, since local servers load the model first. 120,000 by default. */
  readonly headersTimeoutMs?: number;
  /** Longest silence within an answer; 120,000 by default. */
  readonly idleTimeoutMs?: number;
}

/** Characters of one event. The Responses API closes a stream with one event that holds the whole answer again. */
const eventLimits: Readonly<Record<OpenAiApi, number>> = { "chat-completions": 8_000_000, responses: 32_000_000 };
const documentLimit = 32_000_000;
const defaultTimeoutMs = 120_000;
const errorLimits = { limitBytes: 65_536, timeoutMs: 5_000 };

interface Upstream extends Required<Omit<OpenAiModelOptions, "key" | "baseUrl">> {
  readonly url: URL;
  readonly key: Secret | undefined;
  /** Remembers what the server does not know. */
  readonly form: RequestForm;
}

type Opened = { readonly type: "opened"; readonly stream: AnswerStream } | ({ readonly type: "failing" } & Failing);

/** See `LanguageModel`: asks up to 3 times before the first token, never after it, and never throws. */
export function openAiModel(options: OpenAiModelOptions): LanguageModel {
  const { api, baseUrl } = options;
  const url = endpointUrl(baseUrl, api === "responses" ? "/responses" : "/chat/completions");
  const upstream: Upstream = {
    random: Math.random,
    wait: waitFor,
    now: Date.now,
    connectTimeoutMs: 10_000,
    headersTimeoutMs: defaultTimeoutMs,
    idleTimeoutMs: defaultTimeoutMs,
    ...options,
    key: options.key,
    url,
    form: createRequestForm(api, url.hostname),
  };
  return { stream: (request, signal) => streamAnswer(upstream, request, signal) };
}

async function* streamAnswer(
  upstream: Upstream,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly ModelPart[]> {
  const context: FailureContext = { host: upstream.url.host, model: request.model, key: upstream.key };
  if (upstream.key && !isSendable(upstream.key)) {
    yield [
      {
        type: "failure",
        failure: { code: "bad-key", title: "The key holds a character that no key has. Nothing was sent." },
      },
    ];
    return;
  }
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const opened = await open(upstream, request, context, signal);
    let failing: Failing | undefined = opened.type === "failing" ? opened : undefined;
    let hasText = false;
    if (opened.type === "opened") {
      const { stream } = opened;
      try {
        for (let parts = await stream.next(); parts !== undefined; parts = await stream.next()) {
          if (signal.aborted) return;
          hasText = true;
          yield parts;
        }
      } finally {
        stream.close();
      }
      if (stream.end === undefined || stream.end.type === "finished") return;
      failing = endFailing(context, stream.end, upstream.idleTimeoutMs);
    }
    if (signal.aborted || failing === undefined) return;
    const canRetry = failing.isRetryable && !hasText;
    const pause = canRetry ? pauseBeforeRetry(attempt, failing.retryAfterMs, upstream.random) : undefined;
    if (pause === undefined) {
      yield [{ type: "failure", failure: withHistory(failing, attempt) }];
      return;
    }
    yield [{ type: "retry", attempt: attempt + 1, afterMs: pause, reason: failing.failure.title }];
    if (!(await hasWaited(upstream.wait, pause, signal))) return;
  }
}

/** Sends the request once; a server that refuses a field which not all servers know is asked again without it. */
async function open(
  upstream: Upstream,
  request: ModelRequest,
  context: FailureContext,
  signal: AbortSignal,
): Promise<Opened> {
  const { url, key, form, connectTimeoutMs, headersTimeoutMs } = upstream;
  const answer = await upstream.egress.open({
    url,
    method: "POST",
    headers: headersOf(key),
    body: JSON.stringify(form.body(request)),
    signal,
    connectTimeoutMs,
    headersTimeoutMs,
  });
  if (answer.type === "failure") return { type: "failing", ...egressFailing(context, answer) };
  if (answer.status >= 200 && answer.status < 300) return { type: "opened", stream: streamOf(upstream, answer) };
  const text = await readWhatFits(answer.body, errorLimits);
  const isBadField = answer.status === 400 || answer.status === 422;
  if (isBadField && form.learn(request, text)) return open(upstream, request, context, signal);
  const asked = retryAfterMs(answer.headers, upstream.now());
  return { type: "failing", ...statusFailing(context, answer.status, text, asked) };
}

function streamOf({ api, idleTimeoutMs }: Upstream, { body }: EgressResponse): AnswerStream {
  const batch = createPartBatch();
  const reader = api === "responses" ? responsesReader(batch) : chatCompletionsReader(batch);
  return new AnswerStream({ body, batch, reader, idleTimeoutMs, eventLimit: eventLimits[api], documentLimit });
}

/** A pasted key may hold a line end or a dash that an editor has changed; no such thing can be in a header. */
function isSendable(key: Secret): boolean {
  return /^[\x21-\x7e]+$/.test(key.reveal());
}

function headersOf(key: Secret | undefined): Record<string, string> {
  return {
    accept: "text/event-stream, application/json",
    "content-type": "application/json",
    ...(key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` }),
  };
}

function withHistory({ failure, retryAfterMs: asked }: Failing, attempts: number): Failing["failure"] {
  const tried = attempts > 1 ? ` Asked ${attempts} times.` : "";
  const pause = asked !== undefined && asked > longestPauseMs ? ` It asks to wait ${minutes(asked)}.` : "";
  return { ...failure, title: `${failure.title}${tried}${pause}` };
}

const longestToldMinutes = 24 * 60;

function minutes(ms: number): string {
  const whole = Math.ceil(ms / 60_000);
  if (whole > longestToldMinutes) return "more than a day";
  return whole === 1 ? "1 minute" : `${whole} minutes`;
}

async function hasWaited(wait: Wait, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, signal);
    return !signal.aborted;
  } catch {
    return false;
  }
}
