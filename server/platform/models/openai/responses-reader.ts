/** Reads the streamed answers of the Responses API. */
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

/** Where the last piece of a kind belonged in the output. */
interface Place {
  item: unknown;
  part: unknown;
  isTaken: boolean;
}

/** What is known of one answer so far. */
interface Reading extends EndingAnswer {
  readonly textPlace: Place;
  readonly reasoningPlace: Place;
  isRefusal: boolean;
}

/** A reader for one answer, whose parts go into `batch`. */
export function responsesReader(batch: PartBatch): AnswerReader {
  const reading: Reading = {
    batch,
    thinkTag: createThinkTagReader(batch),
    toolCalls: createToolCalls(batch),
    textPlace: { item: undefined, part: undefined, isTaken: false },
    reasoningPlace: { item: undefined, part: undefined, isTaken: false },
    isRefusal: false,
  };
  return {
    read: (data, event) => readData(reading, data, event),
    readWhole: (json) => readWhole(reading, json),
    end: () => failAnswer(reading, "cut"),
    isFinishing: () => false,
  };
}

function readData(reading: Reading, data: string, eventName: string | undefined): AnswerEnd | undefined {
  if (data.trim() === "") return undefined;
  const events = isDoneMark(data) ? [doneMark] : parseEvent(data);
  if (events === undefined) {
    return eventName === "error" ? failAnswerWith(reading, { error: data }) : failAnswer(reading, "malformed");
  }
  for (const event of events) {
    // The end mark of the other API says nothing here: what closes an answer is `response.completed`.
    if (event === doneMark) return failAnswer(reading, "cut");
    if (!isObject(event)) return failAnswer(reading, "malformed");
    const end = readEvent(reading, event, typeof event.type === "string" ? event.type : eventName);
    if (end) return end;
  }
  return undefined;
}

function readWhole(reading: Reading, json: unknown): AnswerEnd {
  if (isObject(json) && Array.isArray(json.output)) return readResponse(reading, json);
  if (isObject(json) && (json.error ?? json.message ?? json.detail) !== undefined) return failAnswerWith(reading, json);
  return failAnswer(reading, "malformed");
}

function readEvent(reading: Reading, event: JsonObject, type: string | undefined): AnswerEnd | undefined {
  switch (type) {
    case "response.output_text.delta":
      readText(reading, textOf(event.delta), event.output_index, event.content_index);
      return undefined;
    case "response.reasoning_summary_text.delta":
      readReasoning(reading, textOf(event.delta), event.output_index, event.summary_index);
      return undefined;
    case "response.reasoning_text.delta":
      readReasoning(reading, textOf(event.delta), event.output_index, event.content_index);
      return undefined;
    case "response.refusal.delta":
      reading.isRefusal = true;
      readText(reading, textOf(event.delta), event.output_index, event.content_index);
      return undefined;
    case "response.output_item.added":
      if (isObject(event.item) && event.item.type === "function_call")
        readCall(reading, event.item, event.output_index);
      return undefined;
    case "response.output_item.done":
      if (isObject(event.item) && event.item.type === "function_call")
        readDoneCall(reading, event.item, event.output_index);
      return undefined;
    case "response.function_call_arguments.delta":
      readCall(reading, { arguments: event.delta }, event.output_index);
      return undefined;
    case "response.completed":
    case "response.incomplete":
    case "response.failed":
    case "response.cancelled":
      return readResponse(reading, event.response);
    case "error":
      return failAnswerWith(reading, event);
    default:
      return isObject(event.error) ? failAnswerWith(reading, event) : undefined;
  }
}

/** Text of another part of the output than the text before it begins a paragraph of its own. */
function readText({ batch, thinkTag, textPlace }: Reading, delta: string, item: unknown, part: unknown): void {
  if (delta === "") return;
  if (isNewPlace(textPlace, item, part)) batch.addText("\n\n");
  thinkTag.read(delta);
}

function readReasoning({ batch, reasoningPlace }: Reading, delta: string, item: unknown, part: unknown): void {
  if (delta === "") return;
  if (isNewPlace(reasoningPlace, item, part)) batch.addReasoning("\n\n");
  batch.addReasoning(delta);
}

function isNewPlace(place: Place, item: unknown, part: unknown): boolean {
  if (place.item === item && place.part === part && place.isTaken) return false;
  const wasTaken = place.isTaken;
  place.item = item;
  place.part = part;
  place.isTaken = true;
  return wasTaken;
}

function readCall({ toolCalls }: Reading, item: JsonObject, outputIndex: unknown): void {
  toolCalls.add({
    index: countOf(outputIndex),
    callId: textOf(item.call_id) || textOf(item.id) || undefined,
    name: textOf(item.name) || undefined,
    argumentsText: isObject(item.arguments) ? JSON.stringify(item.arguments) : textOf(item.arguments),
  });
}

/** Repeats a call whole; it counts where a server has sent no pieces of it. */
function readDoneCall(reading: Reading, item: JsonObject, outputIndex: unknown): void {
  if (!reading.toolCalls.hasArguments(textOf(item.call_id) || textOf(item.id))) readCall(reading, item, outputIndex);
}

/** The document that closes a stream, or that is the whole answer. */
function readResponse(reading: Reading, response: unknown): AnswerEnd {
  if (!isObject(response)) return finishAnswer(reading, "stop");
  if (isObject(response.error)) return failAnswerWith(reading, response);
  if (response.status === "failed" || response.status === "cancelled") return failAnswer(reading, "server-error");
  const { textPlace, reasoningPlace, toolCalls } = reading;
  if (!textPlace.isTaken && !reasoningPlace.isTaken && toolCalls.count() === 0) readOutput(reading, response.output);
  reading.thinkTag.end();
  const usage = isObject(response.usage) && usagePart(response.usage.input_tokens, response.usage.output_tokens);
  if (usage) reading.batch.add(usage);
  if (response.status !== "incomplete") return finishAnswer(reading, "stop");
  return finishAnswer(reading, incompleteReason(response.incomplete_details));
}

/** Why an answer is incomplete; a server that gives no reason means the limit, the one common case. */
function incompleteReason(details: unknown): FinishReason {
  const reason = isObject(details) ? textOf(details.reason) : "";
  if (reason === "content_filter") return "content-filter";
  return reason === "" || reason.startsWith("max_") ? "length" : "other";
}

/** For servers that send the closing document without deltas before it. */
function readOutput(reading: Reading, output: unknown): void {
  if (!Array.isArray(output)) return;
  for (const [index, item] of output.filter(isObject).entries()) {
    if (item.type === "function_call") readCall(reading, item, index);
    const parts = [item.summary, item.content].filter(Array.isArray).flat().filter(isObject);
    for (const [partIndex, part] of parts.entries()) {
      if (part.type === "refusal") reading.isRefusal = true;
      const text = textOf(part.text) || textOf(part.refusal);
      if (item.type === "reasoning") readReasoning(reading, text, index, partIndex);
      if (item.type === "message") readText(reading, text, index, partIndex);
    }
  }
}
