import type { IncomingMessage, ServerResponse } from "node:http";
import type { StreamReset, Topic } from "../../../shared/events.ts";
import type { EventLog } from "./event-log.ts";

/** Bytes that wait for a reader who does not read; past them the stream is closed and the browser resumes by its last id. */
const waitingBytesAllowed = 256 * 1024;
const heartbeatMs = 10_000;

export interface EventStreams {
  /** Takes over `response` and keeps it open: Server-Sent Events (WHATWG HTML, section 9.2). */
  open(
    request: IncomingMessage,
    response: ServerResponse,
    asked: { readonly topics: ReadonlySet<Topic>; readonly lastId: string | undefined },
  ): void;
  /** How many are open. */
  count(): number;
  close(): void;
}

interface Stream {
  readonly response: ServerResponse;
  readonly end: () => void;
}

/** Written on Node's own response: a web stream and its wake-ups would be paid for each token. */
export function createEventStreams(log: EventLog, hello: Readonly<Record<string, string>>): EventStreams {
  const streams = new Set<Stream>();
  const heartbeat = setInterval(() => {
    for (const stream of streams) send(stream, ":\n\n");
  }, heartbeatMs);
  heartbeat.unref();

  const open: EventStreams["open"] = (request, response, { topics, lastId }) => {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      connection: "keep-alive",
    });
    request.socket.setNoDelay(true);
    let waiting = "";
    let isFlushPlanned = false;
    const flush = (): void => {
      isFlushPlanned = false;
      const text = waiting;
      waiting = "";
      if (text !== "") send(stream, text);
    };
    const unsubscribe = log.subscribe(topics, (event) => {
      waiting += event.frame;
      if (isFlushPlanned) return;
      isFlushPlanned = true;
      setImmediate(flush);
    });
    const end = (): void => {
      unsubscribe();
      streams.delete(stream);
    };
    const stream: Stream = { response, end };
    streams.add(stream);
    response.on("close", end);
    response.on("error", end);
    send(stream, greeting(log, hello, lastId) + missed(log, topics, lastId));
  };

  return {
    open,
    count: () => streams.size,
    close: () => {
      clearInterval(heartbeat);
      for (const stream of streams) stream.response.end();
    },
  };
}

function greeting(log: EventLog, hello: Readonly<Record<string, string>>, lastId: string | undefined): string {
  const data = JSON.stringify({ ...hello, epoch: log.epoch, last: log.last() });
  // A reader that comes back keeps its own last id until it has what it missed; a new one begins here.
  const id = lastId === undefined ? `id: ${log.epoch}-${log.last()}\n` : "";
  return `retry: 500\n${id}event: hello\ndata: ${data}\n\n`;
}

function missed(log: EventLog, topics: ReadonlySet<Topic>, lastId: string | undefined): string {
  if (lastId === undefined) return "";
  const [, epoch, number] = /^([\w]+)-(\d{1,15})$/.exec(lastId) ?? [];
  const events = epoch === log.epoch ? log.read(Number(number), topics) : undefined;
  if (events !== undefined) return events.map((event) => event.frame).join("");
  const reset: StreamReset = { type: "stream-reset" };
  return `id: ${log.epoch}-${log.last()}\ndata: ${JSON.stringify(reset)}\n\n`;
}

function send(stream: Stream, text: string): void {
  if (stream.response.writableLength > waitingBytesAllowed) {
    stream.end();
    stream.response.destroy();
    return;
  }
  stream.response.write(text);
}
