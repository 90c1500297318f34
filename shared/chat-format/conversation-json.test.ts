import { describe, expect, test } from "vitest";
import { conversationFromJson, conversationToJson } from "./conversation-json.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const message = (id: string, parent: string, text = "x") => ({ id, parent, text });

describe("what the format cannot say is refused in words", () => {
  const rows: readonly { readonly name: string; readonly value: unknown; readonly says: string }[] = [
    { name: "its own parent", value: [message("a", "a")], says: "circle" },
    { name: "a circle", value: [message("a", "b"), message("b", "a")], says: "circle" },
    { name: "an unknown parent", value: [message("a", "zz")], says: "not there" },
    { name: "root as an id", value: [message("root", "root")], says: '"root"' },
    { name: "an id twice", value: [message("d", "root"), message("d", "root")], says: 'the id "d"' },
    { name: "another shape", value: 5, says: "at messages: " },
    {
      name: "texts that are none",
      value: [{ ...message("a", "root"), attributes: { x: 1 } }],
      says: "object of texts",
    },
  ];
  test.each(rows)("$name", ({ value, says }) => {
    expect(() => conversationFromJson({ messages: value })).toThrow(RangeError);
    expect(() => conversationFromJson({ messages: value })).toThrow(says);
  });
});

test.each([
  { front: JSON.parse('{"__proto__":"x","a":"b"}'), messages: [message("a", "root")] },
  { messages: [message("b", "a"), message("a", "root"), message("c", "root")] },
  {
    preamble: "<<<<<<< HEAD",
    messages: [
      message("a", "root", "<<<<<<< HEAD\n="),
      message("b", "a", "=======\ny"),
      message("c", "b", ">>>>>>> x"),
    ],
  },
])("what was written is written alike when it is read again: %j", (value) => {
  const written = writeConversation(conversationFromJson(value).conversation);
  const read = parseConversation(written);
  expect(read.problems).toEqual([]);
  expect(Object.entries(conversationToJson("", read).front)).toEqual(
    expect.arrayContaining(Object.entries(value.front ?? {})),
  );
  const again = JSON.parse(JSON.stringify(conversationToJson("", read))) as unknown;
  expect(writeConversation(conversationFromJson(again).conversation)).toEqual(written);
});
