/** The Responses API: what is asked, and how its streamed answer is read. */
import type { ModelMessage, ModelRequest } from "../language-model.ts";
import {
  type AnswerEnd,
  type AnswerReader,
  countOf,
  isObject,
  type JsonObject,
  textOf,
  upstreamErrorOf,
} from "./answer-reader.ts";
import { parseEvent, usagePart } from "./chat-completions.ts";
import type { PartBatch } from "./part-batch.ts";
import { createThinkTagReader } from "./think-tag.ts";
import { createToolCalls } from "./tool-calls.ts";

export interface ResponsesOptions {
  /** Asks for a summary of the reasoning; models that do not reason refuse the field. */
  readonly withReasoningSummary: boolean;
}

/** The body of the request, before JSON. Nothing is kept on the server: each request holds the whole conversation. */
export function responsesBody(request: ModelRequest, options: ResponsesOptions): JsonObject {
  const { temperature, topP, maxOutputTokens } = request.parameters ?? {};
  return {
    model: request.model,
    input: request.messages.flatMap(inputItems),
    stream: true,
    store: false,
    ...(options.withReasoningSummary ? { reasoning: { summary: "auto" } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
  };
}

function inputItems({ role, text, toolCalls = [], toolCallId }: ModelMessage): JsonObject[] {
  if (role === "tool") return [{ type: "function_call_output", call_id: toolCallId ?? "", output: text }];
  const calls = toolCalls.map((call) => ({
    type: "function_call",
    call_id: call.callId,
    name: call.name,
    arguments: call.arguments,
  }));
  return text === "" && calls.length > 0 ? calls : [{ role, content: text }, ...calls];
}

/** Reads the events of one answer into `batch`. */
export function responsesReader(batch: PartBatch): AnswerReader {
  const thinkTag = createThinkTagReader(batch);
  const toolCalls = createToolCalls(batch);
  let textPlace: string | undefined;
  let reasoningPlace: string | undefined;
  let isRefusal = false;

  /** Text that belongs to another part of the output than the text before it begins a paragraph of its own. */
  function readText(event: JsonObject, index: string): void {
    const delta = textOf(event.delta);
    if (delta === "") return;
    if (textPlace !== undefined && textPlace !== index) batch.addText("\n\n");
    textPlace = index;
    thinkTag.read(delta);
  }

  function readReasoning(event: JsonObject, index: string): void {
    const delta = textOf(event.delta);
    if (delta === "") return;
    if (reasoningPlace !== undefined && reasoningPlace !== index) batch.addReasoning("\n\n");
    reasoningPlace = index;
    batch.addReasoning(delta);
  }

  function readCall(item: JsonObject, serverIndex: number | undefined): void {
    toolCalls.add({
      argumentsText: isObject(item.arguments) ? JSON.stringify(item.arguments) : textOf(item.arguments),
      ...(serverIndex === undefined ? {} : { index: serverIndex }),
      ...(textOf(item.call_id ?? item.id) === "" ? {} : { callId: textOf(item.call_id ?? item.id) }),
      ...(textOf(item.name) === "" ? {} : { name: textOf(item.name) }),
    });
  }

  function readEvent(event: JsonObject): AnswerEnd | undefined {
    switch (event.type) {
      case "response.output_text.delta":
        return void readText(event, place(event, event.content_index));
      case "response.refusal.delta":
        isRefusal = true;
        return void readText(event, place(event, event.content_index));
      case "response.reasoning_summary_text.delta":
        return void readReasoning(event, place(event, event.summary_index));
      case "response.reasoning_text.delta":
        return void readReasoning(event, place(event, event.content_index));
      case "response.output_item.added":
        if (isObject(event.item) && event.item.type === "function_call")
          readCall(event.item, countOf(event.output_index));
        return undefined;
      case "response.function_call_arguments.delta":
        return void readCall({ arguments: event.delta }, countOf(event.output_index));
      case "response.completed":
      case "response.incomplete":
      case "response.failed":
      case "response.cancelled":
        return readResponse(event.response);
      case "error":
        return failedWith(event);
      default:
        return isObject(event.error) ? failedWith(event) : undefined;
    }
  }

  /** The document that closes a stream, or that is the whole answer. */
  function readResponse(response: unknown): AnswerEnd {
    thinkTag.end();
    if (!isObject(response)) return finish("stop");
    if (isObject(response.error)) return failedWith(response);
    if (response.status === "failed" || response.status === "cancelled")
      return { type: "failed", code: "server-error" };
    if (textPlace === undefined && reasoningPlace === undefined && toolCalls.count() === 0) readOutput(response.output);
    const usage = isObject(response.usage) ? usagePart(response.usage, "input_tokens", "output_tokens") : undefined;
    if (usage) batch.add(usage);
    if (response.status !== "incomplete") return finish("stop");
    const details = isObject(response.incomplete_details) ? response.incomplete_details.reason : undefined;
    if (details === "max_output_tokens") return finish("length");
    return finish(details === "content_filter" ? "content-filter" : "other");
  }

  /** For servers that send the closing document without deltas before it. */
  function readOutput(output: unknown): void {
    if (!Array.isArray(output)) return;
    for (const [index, item] of output.filter(isObject).entries()) {
      if (item.type === "function_call") readCall(item, index);
      const parts = [item.summary, item.content].filter(Array.isArray).flat().filter(isObject);
      for (const [partIndex, part] of parts.entries()) {
        const at = `${index}/${partIndex}`;
        if (item.type === "reasoning") readReasoning({ delta: part.text }, at);
        else if (part.type === "refusal") isRefusal = true;
        if (item.type === "message") readText({ delta: part.text ?? part.refusal }, at);
      }
    }
    thinkTag.end();
  }

  function failedWith(event: JsonObject): AnswerEnd {
    thinkTag.end();
    return { type: "failed", code: "server-error", error: upstreamErrorOf(event) };
  }

  function failed(code: "malformed" | "cut"): AnswerEnd {
    thinkTag.end();
    return { type: "failed", code };
  }

  function finish(reason: "stop" | "length" | "content-filter" | "other"): AnswerEnd {
    if (reason !== "length" && !toolCalls.areWhole()) return { type: "failed", code: "malformed" };
    const isToolCall = reason === "stop" && toolCalls.count() > 0;
    const refusedOrDone = isRefusal && reason === "stop" ? "content-filter" : reason;
    batch.add({ type: "finish", reason: isToolCall ? "tool-calls" : refusedOrDone });
    return { type: "finished" };
  }

  return {
    read(data, eventName) {
      if (data.trim() === "") return undefined;
      // Only a server that also closes its streams in the way of the other API sends this, and only at the end.
      if (data === "[DONE]") return failed("cut");
      const events = parseEvent(data);
      if (events === undefined) return eventName === "error" ? failedWith({ error: data }) : failed("malformed");
      for (const event of events) {
        if (!isObject(event)) return failed("malformed");
        const end = readEvent(
          event.type === undefined && eventName !== undefined ? { ...event, type: eventName } : event,
        );
        if (end) return end;
      }
      return undefined;
    },
    readWhole: (json) => (isObject(json) && Array.isArray(json.output) ? readResponse(json) : wholeFailure(json)),
    end: () => failed("cut"),
    isFinishing: () => false,
  };

  function wholeFailure(json: unknown): AnswerEnd {
    return isObject(json) && isObject(json.error) ? failedWith(json) : failed("malformed");
  }
}

function place(event: JsonObject, index: unknown): string {
  return `${String(event.output_index)}/${String(index)}`;
}
