/** Reads the streamed answers of the Chat Completions API, in all the forms that servers have made of it. */
import type { ModelPart } from "../language-model.ts";
import { type EndingAnswer, type FinishReason, failAnswer, failAnswerWith, finishAnswer } from "./answer-end.ts";
import {
  type AnswerEnd,
  type AnswerReader,
  countOf,
  isObject,
  type JsonObject,
  textOf,
  usagePart,
} from "./answer-reader.ts";
import { doneMark, isDoneMark, parseEvent } from "./event-json.ts";
import type { PartBatch } from "./part-batch.ts";
import { createThinkTagReader } from "./think-tag.ts";
import { createToolCalls } from "./tool-calls.ts";

/** What is known of one answer so far. */
interface Reading extends EndingAnswer {
  finishReason: string | undefined;
  usage: ModelPart | undefined;
  isRefusal: boolean;
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries<FinishReason>({
    stop: "stop",
    eos: "stop",
    end_turn: "stop",
    stop_sequence: "stop",
    length: "length",
    max_tokens: "length",
    model_length: "length",
    tool_calls: "tool-calls",
    function_call: "tool-calls",
    tool_use: "tool-calls",
    content_filter: "content-filter",
  }),
);

/** A reader for one answer, whose parts go into `batch`. */
export function chatCompletionsReader(batch: PartBatch): AnswerReader {
  const reading: Reading = {
    batch,
    thinkTag: createThinkTagReader(batch),
    toolCalls: createToolCalls(batch),
    finishReason: undefined,
    usage: undefined,
    isRefusal: false,
  };
  return {
    read: (data, event) => readEvent(reading, data, event),
    readWhole: (json) => readWhole(reading, json),
    end: () => (reading.finishReason === undefined ? failAnswer(reading, "cut") : finish(reading)),
    isFinishing: () => reading.finishReason !== undefined,
  };
}

function readEvent(reading: Reading, data: string, event: string | undefined): AnswerEnd | undefined {
  if (isDoneMark(data)) return finish(reading);
  if (data.trim() === "") return undefined;
  const chunks = parseEvent(data);
  if (event === "error") return failAnswerWith(reading, isObject(chunks?.[0]) ? chunks[0] : { error: data });
  if (chunks === undefined) return failAnswer(reading, "malformed");
  for (const chunk of chunks) {
    const end = chunk === doneMark ? finish(reading) : readChunk(reading, chunk);
    if (end) return end;
  }
  return undefined;
}

function readWhole(reading: Reading, json: unknown): AnswerEnd {
  const end = readChunk(reading, json);
  if (end) return end;
  return isObject(json) && Array.isArray(json.choices) ? finish(reading) : failAnswer(reading, "malformed");
}

function readChunk(reading: Reading, chunk: unknown): AnswerEnd | undefined {
  if (!isObject(chunk)) return failAnswer(reading, "malformed");
  if (chunk.error !== undefined && chunk.error !== null) return failAnswerWith(reading, chunk);
  if (isObject(chunk.usage)) {
    reading.usage = usagePart(chunk.usage.prompt_tokens, chunk.usage.completion_tokens) ?? reading.usage;
  }
  if (!Array.isArray(chunk.choices)) return isErrorChunk(chunk) ? failAnswerWith(reading, chunk) : undefined;
  const choice: unknown = chunk.choices[0];
  if (!isObject(choice) || (typeof choice.index === "number" && choice.index !== 0)) return undefined;
  if (isObject(choice.error)) return failAnswerWith(reading, choice);
  if (isObject(choice.delta)) readDelta(reading, choice.delta);
  else if (isObject(choice.message)) readDelta(reading, choice.message);
  const reason = choice.finish_reason;
  if (typeof reason === "string" && reason !== "") reading.finishReason = reason;
  return reading.finishReason === "error" ? failAnswer(reading, "server-error") : undefined;
}

function readDelta(reading: Reading, delta: JsonObject): void {
  const reasoning = reasoningOf(delta);
  if (reasoning !== "") reading.batch.addReasoning(reasoning);
  const { content, refusal } = delta;
  if (typeof content === "string") reading.thinkTag.read(content);
  else if (Array.isArray(content)) readContentParts(reading, content);
  if (typeof refusal === "string" && refusal !== "") {
    reading.isRefusal = true;
    reading.thinkTag.read(refusal);
  }
  if (Array.isArray(delta.tool_calls)) for (const call of delta.tool_calls) readToolCall(reading, call);
  if (isObject(delta.function_call)) readToolCall(reading, { index: 0, function: delta.function_call });
}

/** Some servers send a list of typed pieces where others send a string. */
function readContentParts(reading: Reading, parts: readonly unknown[]): void {
  for (const part of parts.filter(isObject)) {
    const isReasoning = part.type === "thinking" || part.type === "reasoning";
    if (isReasoning) reading.batch.addReasoning(nestedText(part.thinking ?? part.text));
    else reading.thinkTag.read(textOf(part.text));
  }
}

function readToolCall({ toolCalls }: Reading, call: unknown): void {
  if (!isObject(call)) return;
  const { name, arguments: given } = isObject(call.function) ? call.function : call;
  toolCalls.add({
    index: countOf(call.index),
    callId: textOf(call.id) || undefined,
    name: textOf(name) || undefined,
    argumentsText: isObject(given) ? JSON.stringify(given) : textOf(given),
  });
}

function finish(reading: Reading): AnswerEnd {
  // Held-back text goes before the counts.
  reading.thinkTag.end();
  if (reading.usage) reading.batch.add(reading.usage);
  return finishAnswer(reading, finishReasons.get(reading.finishReason ?? "stop") ?? "other");
}

function isErrorChunk(chunk: JsonObject): boolean {
  return (
    chunk.object === "error" || chunk.type === "error" || chunk.detail !== undefined || chunk.message !== undefined
  );
}

/** Servers send the same reasoning under up to three names; the first one that holds something counts. */
function reasoningOf(delta: JsonObject): string {
  if (typeof delta.reasoning_content === "string" && delta.reasoning_content !== "") return delta.reasoning_content;
  if (typeof delta.reasoning === "string" && delta.reasoning !== "") return delta.reasoning;
  if (!Array.isArray(delta.reasoning_details)) return "";
  const details = delta.reasoning_details.filter(isObject);
  return details.map((detail) => textOf(detail.text) || textOf(detail.summary)).join("");
}

function nestedText(value: unknown): string {
  if (!Array.isArray(value)) return textOf(value);
  return value
    .filter(isObject)
    .map((part) => textOf(part.text))
    .join("");
}
