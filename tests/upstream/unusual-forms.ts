/** Answers that are whole but written in a way that few servers write them. */
import { gzipSync } from "node:zlib";
import { frame } from "./answer-frames.ts";
import { begin, type Exchange, eventStream, pause, type Scenario, type Scenarios, write } from "./exchange.ts";

/** A whole answer as one string. */
function wholeStream({ frames }: Exchange, ...words: readonly string[]): string {
  return frames.start() + words.map(frames.text).join("") + frames.finish();
}

const words = ["Good ", "mörning ", "🌅", "."];

/** The bytes of a whole answer, changed. */
function changed(
  change: (text: string) => string | Uint8Array,
  headers: Readonly<Record<string, string>> = eventStream,
): Scenario {
  return (exchange) => {
    exchange.response.writeHead(200, headers);
    exchange.response.end(change(wholeStream(exchange, ...words)));
  };
}

/** Chunks of Chat Completions written by hand; with Responses, the same answer in its own form. */
function chunks(...deltas: readonly object[]): Scenario {
  return async (exchange) => {
    begin(exchange);
    for (const delta of deltas) await write(exchange, frame({ choices: [{ index: 0, delta, finish_reason: null }] }));
    const reason = deltas.some((delta) => "tool_calls" in delta) ? "tool_calls" : "stop";
    exchange.response.end(exchange.frames.finish(reason));
  };
}

export const unusualForms: Scenarios = {
  crlf: changed((text) => text.replaceAll("\n", "\r\n")),
  cr: changed((text) => text.replaceAll("\n", "\r")),
  bom: changed((text) => `\uFEFF${text}`),
  comments: changed((text) => `: hello\n\nretry: 3000\nid: 7\n\n${text.replaceAll("\n\n", "\n\n: ping\n\n")}`),
  "no-space": changed((text) => text.replaceAll("data: ", "data:")),
  "malformed-lines": changed(
    (text) => `garbage without a colon\n\n${text.replaceAll("\n\n", "\n\nnonsense: x\n\x00\n\n")}`,
  ),
  "multi-line-data": changed((text) => text.replace(/^data: (\{)/gm, "data: $1\ndata: ")),
  "no-empty-lines": changed((text) => text.replaceAll("\n\n", "\n").replace(/^event: .*\n/gm, "")),
  "no-last-empty-line": changed((text) => text.trimEnd()),
  "wrong-type": changed((text) => text, { "content-type": "application/json" }),
  "no-type": changed((text) => text, {}),
  "invalid-utf8": async (exchange) => {
    begin(exchange);
    const [before = "", after = ""] = exchange.frames.text("a|b").split("|");
    await write(exchange, Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(after)]));
    exchange.response.end(exchange.frames.finish());
  },
  /** One byte a write, so that characters and line ends are split over reads. */
  "split-utf8": async (exchange) => {
    exchange.response.writeHead(200, eventStream);
    exchange.request.socket.setNoDelay(true);
    const bytes = Buffer.from(exchange.frames.start() + exchange.frames.text("mörning 🌅").replaceAll("\n", "\r\n"));
    for (const byte of bytes) {
      await write(exchange, Uint8Array.of(byte));
      if (byte > 127 || byte === 13) await pause(exchange, 2);
    }
    exchange.response.end(exchange.frames.finish());
  },
  json: ({ response, frames }) =>
    void response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(frames.whole("Good morning."))),
  /** A finish reason, and then the connection stays open. */
  "open-after-finish": async (exchange) => {
    begin(exchange);
    await write(exchange, exchange.frames.text("Good morning.") + exchange.frames.finishWithoutMark());
  },
  "open-after-mark": async (exchange) => {
    begin(exchange);
    await write(exchange, exchange.frames.text("Good morning.") + exchange.frames.finish());
  },
  "no-mark": (exchange) => {
    begin(exchange);
    exchange.response.end(exchange.frames.text("Good morning.") + exchange.frames.finishWithoutMark());
  },
  "mark-only": (exchange) => {
    begin(exchange);
    exchange.response.end(`${exchange.frames.text("Good morning.")}data: [DONE]\n\n`);
  },
  "reset-after-end": async (exchange) => {
    begin(exchange);
    await write(exchange, exchange.frames.text("Good morning.") + exchange.frames.finishWithoutMark());
    await pause(exchange, 30);
    exchange.request.socket.resetAndDestroy();
  },
  "reasoning-field": chunks({ reasoning: "Hm. " }, { content: "Yes." }),
  "reasoning-both": chunks(
    { reasoning: "Hm. ", reasoning_details: [{ type: "reasoning.text", text: "Hm. " }] },
    { content: "Yes." },
  ),
  "reasoning-details": chunks(
    { reasoning_details: [{ type: "reasoning.summary", summary: "Hm. " }] },
    { content: "Yes." },
  ),
  "content-parts": chunks(
    { content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm. " }] }] },
    { content: [{ type: "text", text: "Yes." }] },
  ),
  "tool-call-no-index": chunks(
    { tool_calls: [{ id: "call_a", type: "function", function: { name: "weather", arguments: '{"city":' } }] },
    { tool_calls: [{ function: { arguments: '"Turin"}' } }] },
    { tool_calls: [{ id: "call_b", type: "function", function: { name: "time", arguments: "{}" } }] },
  ),
  "tool-call-no-id": chunks(
    { tool_calls: [{ index: 0, function: { name: "weather", arguments: '{"city":' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '"Turin"}' } }] },
    { tool_calls: [{ index: 1, function: { name: "time", arguments: "" } }] },
  ),
  /** Every call under index 0, told apart by id alone. */
  "tool-call-same-index": chunks(
    { tool_calls: [{ index: 0, id: "call_a", function: { name: "weather", arguments: '{"city":"Turin"}' } }] },
    { tool_calls: [{ index: 0, id: "call_b", function: { name: "time", arguments: "{}" } }] },
  ),
  /** A tool call that comes whole at its end, without pieces. */
  "tool-call-whole": async (exchange) => {
    if (exchange.api === "chat-completions") {
      const call = { index: 0, id: "call_a", function: { name: "weather", arguments: '{"city":"Turin"}' } };
      return chunks({ tool_calls: [call] })(exchange);
    }
    begin(exchange);
    const item = { type: "function_call", call_id: "call_a", name: "weather", arguments: "" };
    await write(exchange, frame({ type: "response.output_item.added", output_index: 0, item }));
    const done = { ...item, arguments: '{"city":"Turin"}' };
    await write(exchange, frame({ type: "response.output_item.done", output_index: 0, item: done }));
    exchange.response.end(exchange.frames.finish("tool_calls"));
  },
  /** Many calls, one after the other. */
  "tool-call-many": async (exchange) => {
    begin(exchange);
    for (let call = 0; call < 2_000; call += 1) {
      const [first = ""] = exchange.frames.toolCall({ id: `call_${call}`, name: "time", pieces: [] });
      await write(exchange, first);
    }
    exchange.response.end(exchange.frames.finish("tool_calls"));
  },
  compressed: ({ response, frames }) =>
    void response.writeHead(200, { ...eventStream, "content-encoding": "gzip" }).end(gzipSync(frames.start())),
  "tool-call-object": chunks({ tool_calls: [{ function: { name: "weather", arguments: { city: "Turin" } } }] }),
};
