import { expect, test } from "vitest";
import { conflictMarksAsText } from "./conflict-marks-as-text.ts";
import type { ConversationEdit } from "./conversation.ts";
import { editConversation } from "./edit-conversation.ts";
import { newConversation } from "./new-conversation.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const added = (id: string, parent: string, text: string, part?: string): ConversationEdit => {
  const parts =
    part === undefined ? [] : [{ id: `p${id}`, type: "text", label: "", attributes: { wrap: "fence" }, text: part }];
  return { type: "add-message", message: { id, parent, role: "user", label: "You", attributes: {}, text, parts } };
};
const turn = (id: string, parent: string, body: string) =>
  `### You <!-- message id=${id} parent=${parent} role=user -->\n\n${body}\n\n`;
const textsOf = (file: Uint8Array) =>
  parseConversation(file).messages.map(({ text, parts }) => [text, ...parts.map((part) => part.text)]);

test.each([
  ["a conflict in two halves", "see\n<<<<<<< HEAD\nfoo\n=======\nbar", "and\n>>>>>>> main\nwhat?"],
  ["its division alone in between", "<<<<<<< HEAD", "=======", ">>>>>>> main"],
  ["lines that end in CRLF", "a\r\n<<<<<<< HEAD\r\n=======\r\n", "b\r\n>>>>>>> main\r\n"],
])("texts about conflicts never make one of the file they stand in: %s", (_, ...texts) => {
  let conversation = newConversation({ format: "chat.md/1", id: "x" });
  for (const [at, text] of texts.entries()) {
    conversation = editConversation(conversation, [added(`m${at}`, at === 0 ? "root" : `m${at - 1}`, text)]);
  }
  expect([conversation.readOnly, conversation.problems]).toEqual([undefined, []]);
  expect(textsOf(writeConversation(conversation))).toEqual(texts.map((text) => [text]));
});

test("a part that begins a conflict makes none with what stands behind it", () => {
  const edits = [added("a", "root", "look", "<<<<<<< HEAD\n======="), added("b", "a", ">>>>>>> main")];
  const written = writeConversation(editConversation(newConversation({ format: "chat.md/1" }), edits));
  expect(parseConversation(written).problems).toEqual([]);
  expect(textsOf(written)).toEqual([["look", "<<<<<<< HEAD\n======="], [">>>>>>> main"]]);
});

test("a whole conflict within one text is written as it is", () => {
  const text = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> main";
  const written = writeConversation(
    editConversation(newConversation({ format: "chat.md/1" }), [added("a", "root", text)]),
  );
  expect(new TextDecoder().decode(written)).toContain(`\n\n${text}\n\n`);
});

test("marks that are text count no more once they are said to be, and no text changes", () => {
  const texts = ["one", "see\n<<<<<<< HEAD\nfoo\n=======\nbar", "and\n>>>>>>> main\nwhat?\n\\### x", "last"];
  const file = texts.map((text, at) => turn(`m${at}`, at === 0 ? "root" : `m${at - 1}`, text)).join("");
  const before = parseConversation(bytes(file));
  expect(before.readOnly).toBe("conflict");
  const settled = conflictMarksAsText(before) ?? bytes("");
  expect([parseConversation(settled).readOnly, parseConversation(settled).problems]).toEqual([undefined, []]);
  expect(textsOf(settled)).toEqual(texts.map((text) => [text]));
  expect(new TextDecoder().decode(settled)).toContain(turn("m0", "root", "one"));
});

test("marks that no message holds cannot be kept as text", () => {
  const front = "---\ntitle: T\n<<<<<<< a\nhead: b\n=======\nhead: c\n>>>>>>> b\n---\n";
  expect(conflictMarksAsText(parseConversation(bytes(front + turn("b", "root", "x"))))).toBeUndefined();
  const preamble = `<<<<<<< a\nbefore\n=======\n${turn("b", "root", "x")}${turn("c", "b", ">>>>>>> b")}`;
  const settled = conflictMarksAsText(parseConversation(bytes(preamble)));
  expect(settled && textsOf(settled)).toEqual([["x"], [">>>>>>> b"]]);
});
