import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FolioEvent } from "../../../shared/events.ts";
import type { EventLog } from "./event-log.ts";
import { createEventStreams, type EventStreams } from "./event-stream.ts";
import { memoryEventLog } from "./memory-event-log.ts";

let log: EventLog;
let streams: EventStreams;
let server: Server;

beforeEach(async () => {
  log = memoryEventLog("epoch");
  streams = createEventStreams(log, { version: "test" });
  server = createServer((request, response) =>
    streams.open(request, response, { topics: new Set(["conversation:one"]), lastId: undefined }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  streams.close();
  server.closeAllConnections();
  server.close();
});

const delta = (text: string): FolioEvent => ({
  ...{ type: "part-delta", conversationId: "one", messageId: "answer", index: 0, at: 0 },
  text,
});

async function openStream(): Promise<ReadableStreamDefaultReader<string>> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error("no body");
  return reader;
}

async function readUntil(reader: ReadableStreamDefaultReader<string>, wanted: string): Promise<string> {
  let read = "";
  while (!read.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`ended before “${wanted}”: ${read}`);
    read += value;
  }
  return read;
}

const textsIn = (frames: string): string[] => [...frames.matchAll(/"text":"([^"]*)"/g)].map(([, text = ""]) => text);

describe("the event stream", () => {
  test("brings every event once and in order, whether it comes alone or with others in one turn", async () => {
    const reader = await openStream();
    await readUntil(reader, "event: hello");
    const texts = ["1", "2 ü€😀", "3", "4", "5", "6"];
    log.append("conversation:one", delta("1"));
    log.append("conversation:one", delta("2 ü€😀"));
    await Promise.resolve();
    process.nextTick(() => {
      log.append("conversation:one", delta("3"));
      process.nextTick(() => log.append("conversation:one", delta("4")));
    });
    setTimeout(() => {
      log.append("conversation:one", delta("5"));
      setImmediate(() => log.append("conversation:one", delta("6")));
    }, 10);
    expect(textsIn(await readUntil(reader, '"text":"6"'))).toEqual(texts);
    await reader.cancel();
  });

  test("ends whole when Folio ends, and nothing comes after its end", async () => {
    const reader = await openStream();
    await readUntil(reader, "event: hello");
    log.append("conversation:one", delta("last"));
    await readUntil(reader, '"text":"last"');
    streams.close();
    log.append("conversation:one", delta("too late"));
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});
