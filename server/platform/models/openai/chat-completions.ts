/** The Chat Completions API: what is asked, and how its streamed answer is read. */
import type { ModelMessage, ModelPart, ModelRequest } from "../language-model.ts";
import {
  type AnswerEnd,
  type AnswerReader,
  countOf,
  isObject,
  type JsonObject,
  textOf,
  upstreamErrorOf,
} from "./answer-reader.ts";
import type { PartBatch } from "./part-batch.ts";
import { createThinkTagReader } from "./think-tag.ts";
import { createToolCalls } from "./tool-calls.ts";

export interface ChatCompletionsOptions {
  /** Asks for token counts; some servers refuse the field. */
  readonly withUsage: boolean;
  readonly tokenLimitField: "max_tokens" | "max_completion_tokens";
}

/** The body of the request, before JSON. */
export function chatCompletionsBody(request: ModelRequest, options: ChatCompletionsOptions): JsonObject {
  const { temperature, topP, maxOutputTokens } = request.parameters ?? {};
  return {
    model: request.model,
    messages: request.messages.map(messageBody),
    stream: true,
    ...(options.withUsage ? { stream_options: { include_usage: true } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { [options.tokenLimitField]: maxOutputTokens }),
  };
}

function messageBody({ role, text, toolCalls, toolCallId }: ModelMessage): JsonObject {
  if (role === "tool") return { role, tool_call_id: toolCallId ?? "", content: text };
  if (toolCalls === undefined || toolCalls.length === 0) return { role, content: text };
  return {
    role,
    content: text === "" ? null : text,
    tool_calls: toolCalls.map((call) => ({
      id: call.callId,
      type: "function",
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}

type FinishReason = Extract<ModelPart, { type: "finish" }>["reason"];

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["tool_use", "tool-calls"],
  ["content_filter", "content-filter"],
]);

/** Reads the events of one answer into `batch`. */
export function chatCompletionsReader(batch: PartBatch): AnswerReader {
  const thinkTag = createThinkTagReader(batch);
  const toolCalls = createToolCalls(batch);
  let finishReason: string | undefined;
  let usage: ModelPart | undefined;
  let isRefusal = false;

  function readDelta(delta: JsonObject): void {
    const reasoning = reasoningOf(delta);
    if (reasoning !== "") batch.addReasoning(reasoning);
    const { content } = delta;
    if (typeof content === "string" && content !== "") thinkTag.read(content);
    else if (Array.isArray(content)) readContentParts(content);
    if (typeof delta.refusal === "string" && delta.refusal !== "") {
      isRefusal = true;
      thinkTag.read(delta.refusal);
    }
    if (Array.isArray(delta.tool_calls)) delta.tool_calls.forEach(readToolCall);
    if (isObject(delta.function_call)) readToolCall({ index: 0, function: delta.function_call });
  }

  function readContentParts(parts: readonly unknown[]): void {
    for (const part of parts.filter(isObject)) {
      if (part.type === "thinking" || part.type === "reasoning")
        batch.addReasoning(nestedText(part.thinking ?? part.text));
      else thinkTag.read(textOf(part.text));
    }
  }

  function readToolCall(call: unknown): void {
    if (!isObject(call)) return;
    const { name, arguments: given } = isObject(call.function) ? call.function : call;
    const index = countOf(call.index);
    toolCalls.add({
      argumentsText: isObject(given) ? JSON.stringify(given) : textOf(given),
      ...(index === undefined ? {} : { index }),
      ...(textOf(call.id) === "" ? {} : { callId: textOf(call.id) }),
      ...(textOf(name) === "" ? {} : { name: textOf(name) }),
    });
  }

  function readChunk(chunk: unknown): AnswerEnd | undefined {
    if (!isObject(chunk)) return failed("malformed");
    if (chunk.choices === undefined && isErrorChunk(chunk)) return failedWith(chunk);
    if (chunk.error !== undefined && chunk.error !== null) return failedWith(chunk);
    if (isObject(chunk.usage)) usage = usagePart(chunk.usage, "prompt_tokens", "completion_tokens") ?? usage;
    if (!Array.isArray(chunk.choices)) return undefined;
    const choice: unknown = chunk.choices[0];
    if (!isObject(choice) || (typeof choice.index === "number" && choice.index !== 0)) return undefined;
    if (isObject(choice.error)) return failedWith(choice);
    if (isObject(choice.delta)) readDelta(choice.delta);
    else if (isObject(choice.message)) readDelta(choice.message);
    if (typeof choice.finish_reason === "string" && choice.finish_reason !== "") finishReason = choice.finish_reason;
    if (finishReason === "error") return failed("server-error");
    return undefined;
  }

  function failed(code: "malformed" | "server-error" | "cut"): AnswerEnd {
    thinkTag.end();
    return { type: "failed", code };
  }

  function failedWith(chunk: JsonObject): AnswerEnd {
    thinkTag.end();
    return { type: "failed", code: "server-error", error: upstreamErrorOf(chunk) };
  }

  function finish(reason: FinishReason): AnswerEnd {
    thinkTag.end();
    if (usage) batch.add(usage);
    // A call cut off by the limit is the limit's doing; in any other case the server lost a part of it.
    if (reason !== "length" && !toolCalls.areWhole()) return { type: "failed", code: "malformed" };
    batch.add({ type: "finish", reason });
    return { type: "finished" };
  }

  function finishedReason(): FinishReason {
    const reason = finishReasons.get(finishReason ?? "stop") ?? "other";
    if (isRefusal && reason === "stop") return "content-filter";
    // Some servers say "stop" after a tool call.
    return toolCalls.count() > 0 && reason === "stop" ? "tool-calls" : reason;
  }

  return {
    read(data, event) {
      if (data === doneMark) return finish(finishedReason());
      if (data.trim() === "") return undefined;
      const chunks = parseEvent(data);
      if (event === "error") return failedWith(isObject(chunks?.[0]) ? chunks[0] : { error: data });
      if (chunks === undefined) return failed("malformed");
      for (const chunk of chunks) {
        const end = chunk === doneMark ? finish(finishedReason()) : readChunk(chunk);
        if (end) return end;
      }
      return undefined;
    },
    readWhole(json) {
      const end = readChunk(json);
      if (end) return end;
      return isObject(json) && Array.isArray(json.choices) ? finish(finishedReason()) : failed("malformed");
    },
    end: () => (finishReason === undefined ? failed("cut") : finish(finishedReason())),
    isFinishing: () => finishReason !== undefined,
  };
}

/** What closes a stream of Chat Completions. */
const doneMark = "[DONE]";

/** One JSON document an event; servers that leave out the empty line between events give several lines. */
export function parseEvent(data: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(data)];
  } catch {
    if (!data.includes("\n")) return undefined;
  }
  try {
    const lines = data.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line): unknown => (line === doneMark ? doneMark : JSON.parse(line)));
  } catch {
    return undefined;
  }
}

/** The `usage` part of a usage object, whose fields each API names in its own way. */
export function usagePart(usage: JsonObject, inputField: string, outputField: string): ModelPart | undefined {
  const inputTokens = countOf(usage[inputField]);
  const outputTokens = countOf(usage[outputField]);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return {
    type: "usage",
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
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
  return delta.reasoning_details
    .filter(isObject)
    .map((detail) => textOf(detail.text) || textOf(detail.summary))
    .join("");
}

function nestedText(value: unknown): string {
  if (Array.isArray(value))
    return value
      .filter(isObject)
      .map((part) => textOf(part.text))
      .join("");
  return textOf(value);
}
