/** The events of a model's answer as both OpenAI APIs write them, one string an event. */

export type Api = "chat-completions" | "responses";

export interface AnswerFrames {
  start(): string;
  text(text: string): string;
  reasoning(text: string): string;
  refusal(text: string): string;
  toolCall(call: { readonly id: string; readonly name: string; readonly pieces: readonly string[] }): string[];
  /** Everything that closes an answer, the end mark included. */
  finish(reason?: "stop" | "length" | "tool_calls" | "content_filter"): string;
  /** The last event without the end mark that may follow it. */
  finishWithoutMark(reason?: "stop" | "length" | "tool_calls" | "content_filter"): string;
  error(message: string, code: string): string;
  /** The whole answer as the one JSON document of a request without `stream`. */
  whole(text: string): object;
}

/** `usage` says what the numbers at the end are. */
export function answerFrames(api: Api, model: string, withUsage: boolean): AnswerFrames {
  return api === "responses" ? responsesFrames(model) : chatFrames(model, withUsage);
}

export function frame(data: object | string, event?: string): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${text}\n\n`;
}

const chatId = "chatcmpl-fault";
const created = 1_767_225_600;
const doneMark = "data: [DONE]\n\n";

function chatFrames(model: string, withUsage: boolean): AnswerFrames {
  const shell = { id: chatId, object: "chat.completion.chunk", created, model };
  let tokens = 0;
  const chunk = (delta: object, finishReason: string | null = null) =>
    frame({ ...shell, choices: [{ index: 0, delta, finish_reason: finishReason }] });
  const usage = () => ({ prompt_tokens: 7, completion_tokens: tokens, total_tokens: 7 + tokens });
  const last = (reason = "stop") =>
    chunk({}, reason) + (withUsage ? frame({ ...shell, choices: [], usage: usage() }) : "");
  const counted = (delta: object) => {
    tokens += 1;
    return chunk(delta);
  };
  return {
    start: () => chunk({ role: "assistant", content: "" }),
    text: (content) => counted({ content }),
    reasoning: (text) => counted({ reasoning_content: text }),
    refusal: (refusal) => counted({ refusal }),
    toolCall: ({ id, name, pieces }) => [
      chunk({ tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: "" } }] }),
      ...pieces.map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
    ],
    finish: (reason) => last(reason) + doneMark,
    finishWithoutMark: last,
    error: (message, code) => frame({ error: { message, type: "server_error", code } }),
    whole: (content) => ({
      id: chatId,
      object: "chat.completion",
      created,
      model,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    }),
  };
}

function responsesFrames(model: string): AnswerFrames {
  let sequence = 0;
  let index = -1;
  let open: "message" | "reasoning" | "refusal" | undefined;
  let text: string[] = [];
  let tokens = 0;

  const event = (type: string, fields: object) => frame({ type, sequence_number: sequence++, ...fields }, type);
  const place = () => ({ item_id: `item_${index}`, output_index: index });

  function opened(kind: "message" | "reasoning" | "refusal"): string {
    if (open === kind) return "";
    const closing = closed();
    open = kind;
    index += 1;
    const item =
      kind === "reasoning"
        ? { id: `item_${index}`, type: "reasoning", summary: [] }
        : { id: `item_${index}`, type: "message", role: "assistant", status: "in_progress", content: [] };
    return closing + event("response.output_item.added", { output_index: index, item });
  }

  function closed(): string {
    if (open === undefined) return "";
    const kind = open;
    const all = text.join("");
    open = undefined;
    text = [];
    if (kind === "reasoning")
      return event("response.reasoning_summary_text.done", { ...place(), summary_index: 0, text: all });
    const done = kind === "message" ? { text: all } : { refusal: all };
    return event(kind === "message" ? "response.output_text.done" : "response.refusal.done", {
      ...place(),
      content_index: 0,
      ...done,
    });
  }

  function delta(kind: "message" | "reasoning" | "refusal", type: string, piece: string): string {
    const before = opened(kind);
    text.push(piece);
    tokens += 1;
    return (
      before +
      event(type, { ...place(), ...(kind === "reasoning" ? { summary_index: 0 } : { content_index: 0 }), delta: piece })
    );
  }

  function last(reason: "stop" | "length" | "tool_calls" | "content_filter" = "stop"): string {
    const usage = { input_tokens: 7, output_tokens: tokens, total_tokens: 7 + tokens };
    const shell = { id: "resp_fault", object: "response", model, output: [], usage, error: null };
    const ending = closed();
    if (reason === "stop" || reason === "tool_calls") {
      return ending + event("response.completed", { response: { ...shell, status: "completed" } });
    }
    const incomplete = { reason: reason === "length" ? "max_output_tokens" : "content_filter" };
    return (
      ending +
      event("response.incomplete", { response: { ...shell, status: "incomplete", incomplete_details: incomplete } })
    );
  }

  return {
    start: () =>
      event("response.created", {
        response: { id: "resp_fault", object: "response", status: "in_progress", model, output: [] },
      }),
    text: (piece) => delta("message", "response.output_text.delta", piece),
    reasoning: (piece) => delta("reasoning", "response.reasoning_summary_text.delta", piece),
    refusal: (piece) => delta("refusal", "response.refusal.delta", piece),
    toolCall({ id, name, pieces }) {
      const before = closed();
      index += 1;
      const item = {
        id: `item_${index}`,
        type: "function_call",
        call_id: id,
        name,
        arguments: "",
        status: "in_progress",
      };
      return [
        before + event("response.output_item.added", { output_index: index, item }),
        ...pieces.map((piece) => event("response.function_call_arguments.delta", { ...place(), delta: piece })),
      ];
    },
    finish: last,
    finishWithoutMark: last,
    error: (message, code) => event("error", { code, message, param: null }),
    whole: (content) => ({
      id: "resp_fault",
      object: "response",
      status: "completed",
      model,
      output: [
        { type: "message", role: "assistant", content: [{ type: "output_text", text: content, annotations: [] }] },
      ],
      usage: { input_tokens: 7, output_tokens: 3, total_tokens: 10 },
    }),
  };
}
