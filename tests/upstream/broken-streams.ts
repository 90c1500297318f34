/** Streams that begin as they should and then do not. */
import { frame } from "./answer-frames.ts";
import { begin, type Exchange, fine, pause, type Scenario, type Scenarios, write } from "./exchange.ts";

/** Sends the beginning of an answer, so that the client has it before what comes next. */
async function beginWith(exchange: Exchange, ...words: readonly string[]): Promise<void> {
  begin(exchange);
  for (const word of words) await write(exchange, exchange.frames.text(word));
  await pause(exchange, 30);
}

function thenFine(broken: Scenario): Scenario {
  return (exchange) => (exchange.attempt % 2 === 0 ? fine(exchange) : broken(exchange));
}

/** Headers and the first event, then the end. */
function closedBeforeText(exchange: Exchange): void {
  begin(exchange);
  exchange.response.end();
}

function errorFirst(exchange: Exchange): void {
  begin(exchange);
  exchange.response.end(exchange.frames.error("The engine is overloaded.", "overloaded"));
}

function badJsonFirst(exchange: Exchange): void {
  begin(exchange);
  exchange.response.end(frame('{"choices":[{"index":0,"delta":{"content":"Hal'));
}

export const brokenStreams: Scenarios = {
  "closed-before-text": closedBeforeText,
  "closed-before-text-then-fine": thenFine(closedBeforeText),
  "closed-after-one": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end();
  },
  "reset-after-one": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.request.socket.resetAndDestroy();
  },
  /** The connection ends without the end of the chunked body. */
  "cut-after-one": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.request.socket.destroy();
  },
  /** All the text, then a clean close, but never a word that this was all. */
  "no-end": async (exchange) => {
    await beginWith(exchange, "Half ", "an ", "answer");
    exchange.response.end();
  },
  stall: async (exchange) => {
    await beginWith(exchange, "Half ", "an ");
  },
  "error-object": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end(exchange.frames.error("The model crashed.", "server_error"));
  },
  "error-event": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end(frame({ message: "The model crashed." }, "error"));
  },
  "error-event-text": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end(frame("The model crashed.", "error"));
  },
  "error-first": errorFirst,
  "error-first-then-fine": thenFine(errorFirst),
  "bad-json": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end(frame('{"choices":[{"index":0,"delta":') + exchange.frames.finish());
  },
  "bad-json-then-fine": thenFine(badJsonFirst),
  "half-event": async (exchange) => {
    await beginWith(exchange, "Half ");
    exchange.response.end(exchange.frames.text("never seen").slice(0, 40));
  },
  "truncated-tool-call": async (exchange) => {
    begin(exchange);
    const call = exchange.frames.toolCall({ id: "call_a", name: "weather", pieces: ['{"city":"Tu'] });
    for (const each of call) await write(exchange, each);
    exchange.response.end(exchange.frames.finish("tool_calls"));
  },
  /** JSON that is nested so deep that a careless reader breaks. */
  "deep-json": async (exchange) => {
    await beginWith(exchange, "Half ");
    const deep = '{"error":'.repeat(200_000);
    exchange.response.end(frame(`${deep}1${"}".repeat(200_000)}`));
  },
  "huge-event": async (exchange) => {
    await beginWith(exchange, "Half ");
    const piece = "x".repeat(1_000_000);
    await write(exchange, "data: ");
    for (let sent = 0; sent < 40 && !exchange.closed.aborted; sent += 1) await write(exchange, piece);
    exchange.response.end("\n\n");
  },
};
