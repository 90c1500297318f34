import fc from "fast-check";
import { expect, it } from "vitest";
import type { ConversationEvent, Topic } from "../../../shared/events.ts";
import { memoryEventLog } from "./memory-event-log.ts";

const delta = (conversationId: string, at: number, text = "x"): ConversationEvent => ({
  conversationId,
  type: "part-delta",
  messageId: "m",
  index: 0,
  at,
  text,
});
const topic = (id: string): Topic => `conversation:${id}`;

it("gives a reader that comes back exactly what it missed on its topics, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 }), fc.nat(60), (order, after) => {
      const log = memoryEventLog("e");
      for (const [at, id] of order.entries()) log.append(topic(id), delta(id, at));
      const missed = log.read(after, new Set([topic("a"), topic("c")]));
      const wanted = order.flatMap((id, at) => (id !== "b" && at + 1 > after ? [at + 1] : []));
      expect(missed?.map(({ number }) => number)).toEqual(wanted);
    }),
  );
});

it("says so when a topic's older events are no longer held, and goes on for the others", () => {
  const log = memoryEventLog("e");
  log.append(topic("quiet"), delta("quiet", 0));
  for (let at = 0; at < 100; at += 1) log.append(topic("busy"), delta("busy", at, "y".repeat(20_000)));
  expect(log.read(0, new Set([topic("busy")]))).toBeUndefined();
  expect(log.read(0, new Set([topic("quiet")]))?.length).toBe(1);
  expect(log.read(99, new Set([topic("busy")]))?.map(({ number }) => number)).toEqual([100, 101]);
});

it("forgets whole topics that nobody reads without pretending that nothing happened", () => {
  const log = memoryEventLog("e");
  for (let id = 0; id < 2100; id += 1) log.append(topic(String(id)), delta(String(id), 0));
  expect(log.read(0, new Set([topic("0")]))).toBeUndefined();
  expect(log.read(0, new Set([topic("2099")]))?.length ?? "gone").toBe("gone");
  expect(log.read(log.last(), new Set([topic("0")]))).toEqual([]);
});

it("tells listeners of their topics until they stop", () => {
  const log = memoryEventLog("e");
  const heard: number[] = [];
  const stop = log.subscribe(new Set([topic("a"), "workspace"]), ({ number }) => heard.push(number));
  log.append(topic("a"), delta("a", 0));
  log.append(topic("b"), delta("b", 0));
  log.append("workspace", { type: "providers-changed" });
  stop();
  log.append(topic("a"), delta("a", 1));
  expect(heard).toEqual([1, 3]);
});

it("encodes one frame that a standard reader understands", () => {
  const log = memoryEventLog("epoch");
  log.append(topic("a"), delta("a", 0, "line\nbreak\u2028 and \ud83d"));
  const [event] = log.read(0, new Set([topic("a")])) ?? [];
  const [id = "", data = "", ...rest] = event?.frame.split("\n") ?? [];
  expect(rest).toEqual(["", ""]);
  expect(id).toBe("id: epoch-1");
  expect(JSON.parse(data.slice("data: ".length))).toEqual(delta("a", 0, "line\nbreak\u2028 and \ud83d"));
});
