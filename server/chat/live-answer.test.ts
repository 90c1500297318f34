import { expect, it } from "vitest";
import type { ConversationEvent } from "../../shared/events.ts";
import { LiveAnswer } from "./live-answer.ts";

function start(events: ConversationEvent[] = []): LiveAnswer {
  let ids = 0;
  const newId = () => `part${ids++}`;
  const emit = (event: ConversationEvent) => void events.push(event);
  return new LiveAnswer({ conversationId: "c", messageId: "m", runId: "r", parts: [], emit, newId });
}

it("tells of every piece where it begins, so that a reader can see a gap or a repeat", () => {
  const events: ConversationEvent[] = [];
  const answer = start(events);
  for (const text of ["one ", "two ", "", "three"]) answer.add({ type: "text", text });
  const deltas = events.flatMap((event) => (event.type === "part-delta" ? [[event.at, event.text]] : []));
  expect(deltas).toEqual([
    [0, "one "],
    [4, "two "],
    [8, "three"],
  ]);
});

it("joins the pieces of one tool call, and keeps two calls apart", () => {
  const answer = start();
  answer.add({ type: "tool-call", index: 0, callId: "a", name: "search", argumentsText: '{"q":' });
  answer.add({ type: "tool-call", index: 1, callId: "b", name: "read", argumentsText: "{}" });
  answer.add({ type: "tool-call", index: 0, argumentsText: '"x"}' });
  expect(answer.parts().map(({ attributes, text }) => [attributes?.["call"], text])).toEqual([
    ["a", '{"q":"x"}'],
    ["b", "{}"],
  ]);
});

it("gives each piece to the journal once, with the kind of a part that is new", () => {
  const answer = start();
  answer.add({ type: "reasoning", text: "hm" });
  expect(answer.takeUnsaved()).toMatchObject([{ index: 0, at: 0, text: "hm", part: { type: "reasoning" } }]);
  answer.add({ type: "reasoning", text: "!" });
  answer.add({ type: "tool-call", index: 0, name: "f", argumentsText: "" });
  expect(answer.takeUnsaved()).toMatchObject([
    { index: 0, at: 2, text: "!" },
    { index: 1, at: 0, text: "", part: { type: "tool-call" } },
  ]);
  expect(answer.takeUnsaved()).toEqual([]);
});

it("is too long with too many parts, however small they are", () => {
  const answer = start();
  for (let count = 0; count < 2001; count += 1) answer.add({ type: count % 2 === 0 ? "text" : "reasoning", text: "x" });
  expect(answer.isTooLong).toBe(true);
});
