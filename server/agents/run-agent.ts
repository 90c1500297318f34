import type { LanguageModel, ModelFailure, ModelPart } from "../platform/models/language-model.ts";
import type { RecordedInput } from "./run-input.ts";

export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

export type RunEnding =
  | { readonly kind: "finished"; readonly reason: FinishReason }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  | { readonly kind: "over-limit"; readonly code: "too-long" | "too-costly"; readonly title: string }
  /** By the signal; who gave it knows why. */
  | { readonly kind: "aborted" };

export type RunEvent =
  | { readonly type: "text" | "reasoning"; readonly text: string }
  /** An agent has no tools: what the model wanted is noted and not done. */
  | { readonly type: "tool-call"; readonly name: string }
  | { readonly type: "retry"; readonly attempt: number; readonly afterMs: number; readonly reason: string }
  | { readonly type: "usage"; readonly in?: number; readonly out?: number }
  | { readonly type: "ended"; readonly ending: RunEnding };

/** A token of any known model has less bytes of UTF-8 than this on average: what is over was not counted by the server. */
const bytesPerTokenAtMost = 8;
/** For an estimate of what a text costs while the server has not said. */
const bytesPerToken = 4;
const overheadBytes = 4096;

/**
 * Asks the model and says what happens; keeps nothing. The events follow from `input` and what the model does alone:
 * no clock, no files. Ends with `ended`, always.
 */
export async function* runAgent(
  input: RecordedInput,
  model: LanguageModel,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  const meter = createMeter(input);
  const before = meter.exceeded();
  if (before !== undefined) return yield { type: "ended", ending: before };
  const ending = new AbortController();
  const request = {
    model: input.model.model,
    messages: input.messages,
    parameters: { maxOutputTokens: input.limits.outputTokens },
  };
  try {
    for await (const batch of model.stream(request, AbortSignal.any([signal, ending.signal]))) {
      for (const part of batch) {
        if (signal.aborted) break;
        yield* eventsOf(part);
        meter.take(part);
        const over = part.type === "finish" ? undefined : meter.exceeded();
        if (over !== undefined) return yield { type: "ended", ending: over };
        if (part.type === "finish" || part.type === "failure") return;
      }
      if (signal.aborted) break;
    }
    yield { type: "ended", ending: signal.aborted ? { kind: "aborted" } : { kind: "failed", failure: brokeOff } };
  } finally {
    ending.abort("over");
  }
}

const brokeOff: ModelFailure = { code: "cut", title: "The model's answer ended without an end." };

function* eventsOf(part: ModelPart): Generator<RunEvent, void, undefined> {
  switch (part.type) {
    case "text":
    case "reasoning":
      if (part.text !== "") yield { type: part.type, text: part.text };
      return;
    case "tool-call":
      if (part.name !== undefined) yield { type: "tool-call", name: part.name };
      return;
    case "usage": {
      const { inputTokens, outputTokens } = part;
      yield {
        type: "usage",
        ...(inputTokens === undefined ? {} : { in: inputTokens }),
        ...(outputTokens === undefined ? {} : { out: outputTokens }),
      };
      return;
    }
    case "retry":
      yield part;
      return;
    case "finish":
      yield { type: "ended", ending: { kind: "finished", reason: part.reason } };
      return;
    case "failure":
      yield { type: "ended", ending: { kind: "failed", failure: part.failure } };
  }
}

interface Meter {
  take(part: ModelPart): void;
  exceeded(): Extract<RunEnding, { kind: "over-limit" }> | undefined;
}

/** Counts what goes out and comes in, whatever the server says about it. */
function createMeter({ messages, limits, price }: RecordedInput): Meter {
  const sent = messages.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), 0);
  const most = limits.outputTokens * bytesPerTokenAtMost + overheadBytes;
  let received = 0;
  let said: { in?: number; out?: number } = {};

  const take = (part: ModelPart): void => {
    if (part.type === "text" || part.type === "reasoning") received += Buffer.byteLength(part.text);
    if (part.type === "tool-call") received += Buffer.byteLength(part.argumentsText);
    if (part.type !== "usage") return;
    said = { in: part.inputTokens ?? said.in ?? 0, out: part.outputTokens ?? said.out ?? 0 };
  };

  const exceeded: Meter["exceeded"] = () => {
    if (received > most) {
      return { kind: "over-limit", code: "too-long", title: "The answer is longer than a run may be." };
    }
    const { cost } = limits;
    if (cost === undefined || price === undefined) return undefined;
    const spent = priceOf({ in: said.in ?? sent / bytesPerToken, out: said.out ?? received / bytesPerToken }, price);
    if (spent <= cost) return undefined;
    return { kind: "over-limit", code: "too-costly", title: "The run would cost more than a run may." };
  };

  return { take, exceeded };
}

/** What tokens cost; prices are for a million. */
export function priceOf(
  tokens: { readonly in: number; readonly out: number },
  price: { readonly in: number; readonly out: number },
): number {
  return (tokens.in * price.in + tokens.out * price.out) / 1_000_000;
}
