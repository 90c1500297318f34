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
  /** Frames that are not written yet. */
  waiting: string;
  isFlushPlanned: boolean;
  /** The turn of the event loop in which it was last written to. */
  writtenIn: number;
}

/** Written on Node's own response: a web stream and its wake-ups would be paid for each token. */
export function createEventStreams(log: EventLog, hello: Readonly<Record<string, string>>): EventStreams {
  const streams = new Set<Stream>();
  const planFlush = createFlushing();
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
    response.flushHeaders();
    const unsubscribe = log.subscribe(topics, (event) => {
      stream.waiting += event.frame;
      planFlush(stream);
    });
    const end = (): void => {
      unsubscribe();
      streams.delete(stream);
    };
    const stream: Stream = { response, end, waiting: "", isFlushPlanned: false, writtenIn: -1 };
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

/**
 * What comes for a stream that is quiet goes out as soon as the work at hand is done; what else comes for it in the same
 * turn of the event loop goes out together at the turn's end.
 */
function createFlushing(): (stream: Stream) => void {
  let turn = 0;
  let isTurnCounted = false;
  let late: Stream[] = [];
  const endTurn = (): void => {
    turn += 1;
    isTurnCounted = false;
    const waiting = late;
    late = [];
    for (const stream of waiting) flush(stream);
  };
  const flush = (stream: Stream): void => {
    const text = stream.waiting;
    stream.waiting = "";
    stream.isFlushPlanned = false;
    stream.writtenIn = turn;
    send(stream, text);
    if (isTurnCounted) return;
    isTurnCounted = true;
    setImmediate(endTurn);
  };
  return (stream) => {
    if (stream.isFlushPlanned) return;
    stream.isFlushPlanned = true;
    if (stream.writtenIn === turn) late.push(stream);
    else process.nextTick(flush, stream);
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

function send({ response, end }: Stream, text: string): void {
  const { socket } = response;
  if (response.writableEnded) return;
  if (response.writableLength > waitingBytesAllowed) {
    end();
    response.destroy();
    return;
  }
  // The headers are out: a chunk put together here is one piece for the socket, where `response.write` makes four of it.
  if (socket === null || !response.chunkedEncoding) response.write(text);
  else socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}
