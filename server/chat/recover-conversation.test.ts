import fc from "fast-check";
import { expect, it } from "vitest";
import type { Conversation, NewMessage } from "../../shared/chat-format/conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { ConversationEvent } from "../../shared/events.ts";
import { partsOf } from "./answer-parts.ts";
import type { ChatRecord } from "./journal-records.ts";
import { LiveAnswer } from "./live-answer.ts";
import { mergeOutsideChange } from "./merge-outside-change.ts";
import { recoverConversation } from "./recover-conversation.ts";

const front = { format: "chat.md/1", id: "c0nversat1", title: "T" };
const message = (id: string, parent: string, role: string, text = "", status?: string): NewMessage => ({
  id,
  parent,
  role,
  label: role,
  attributes: status === undefined ? {} : { status },
  text,
  parts: [],
});

const created: readonly ChatRecord[] = [
  { type: "created", id: "c0nversat1", front },
  {
    type: "edited",
    edits: [
      { type: "add-message", message: message("q", "root", "user", "question") },
      { type: "add-message", message: message("a", "q", "assistant", "", "streaming") },
    ],
  },
];

/** The conversation as it is after recovery. */
const recovered = (file: Conversation | undefined, records: readonly ChatRecord[]): Conversation => {
  const edits = recoverConversation(file, records);
  return mergeOutsideChange(file ?? newConversation(front), edits, new Map(), () => "n").conversation;
};

let ids = 0;
const live = (emit: (event: ConversationEvent) => void = () => undefined): LiveAnswer =>
  new LiveAnswer({ conversationId: "c", messageId: "a", runId: "r", parts: [], emit, newId: () => `part${ids++}` });

it("gives back a conversation of which no file was written, with the answer as far as it came", () => {
  const answer = live();
  answer.add({ type: "reasoning", text: "hm" });
  answer.add({ type: "text", text: "begin" });
  const records: ChatRecord[] = [...created, { type: "answered", messageId: "a", pieces: answer.takeUnsaved() }];
  const found = recovered(undefined, records);
  const last = found?.messages.at(-1);
  expect(last?.attributes["status"]).toBe("interrupted");
  expect(last && partsOf(last).map(({ type, text }) => [type, text])).toEqual([
    ["reasoning", "hm"],
    ["text", "begin"],
  ]);
  expect(found?.front.get("title")).toBe("T");
});

it("folds in the same text whatever part of the records the file has already", () => {
  const texts = fc.array(
    fc.tuple(fc.constantFrom("text" as const, "reasoning" as const), fc.string({ unit: "grapheme", maxLength: 8 })),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(texts, fc.nat(20), fc.nat(20), (pieces, checkpoint, from) => {
      const answer = live();
      const records: ChatRecord[] = [...created];
      let file = recovered(undefined, created);
      let inFile = records.length;
      for (const [index, [type, text]] of pieces.entries()) {
        answer.add({ type, text });
        const unsaved = answer.takeUnsaved();
        if (unsaved.length > 0) records.push({ type: "answered", messageId: "a", pieces: unsaved });
        // A checkpoint put the answer as it was at this moment into the file.
        if (index !== checkpoint) continue;
        file = recovered(undefined, records);
        inFile = records.length;
      }
      records.push({ type: "ended", messageId: "a", status: "complete", attributes: { out: "3" } });
      const held = parseConversation(writeConversation(file ?? newConversation(front)));
      // Only what the file has can have been released before the crash.
      const remaining = records.slice(Math.min(from, inFile));
      const found = recovered(held, remaining);
      const last = found?.messages.at(-1);
      const wanted = answer.parts().filter(({ text }) => text !== "");
      expect(last && partsOf(last).map(({ type, text }) => [type, text])).toEqual(
        wanted.map(({ type, text }) => [type, text]),
      );
      expect(last?.attributes["status"]).toBeUndefined();
      expect(last?.attributes["out"]).toBe("3");
    }),
  );
});

it("changes nothing of a finished answer when the same records come again", () => {
  const done: ChatRecord[] = [
    ...created,
    {
      type: "answered",
      messageId: "a",
      pieces: [{ index: 0, at: 0, text: "all of it", part: { id: "p", type: "text" } }],
    },
    { type: "ended", messageId: "a", status: "complete", attributes: {} },
  ];
  const once = recovered(undefined, done);
  const bytes = writeConversation(once ?? newConversation(front));
  const again = recovered(parseConversation(bytes), done);
  expect(again && Buffer.from(writeConversation(again)).toString()).toBe(Buffer.from(bytes).toString());
});

it("keeps text of which nobody knows the beginning", () => {
  const records: ChatRecord[] = [
    {
      type: "answered",
      messageId: "a",
      pieces: [{ index: 0, at: 0, text: "a rest", part: { id: "p", type: "text" } }],
    },
  ];
  expect(recovered(undefined, records).messages.map(({ text }) => text)).toEqual(["a rest"]);
});

const asked: readonly ChatRecord[] = created.slice(1);
const pieces = (...texts: readonly string[]): ChatRecord[] => {
  const answer = live();
  return texts.map((text) => {
    answer.add({ type: "text", text });
    return { type: "answered", messageId: "a", pieces: answer.takeUnsaved() };
  });
};
const grownTo = (text: string): Conversation => recovered(undefined, [...created, ...pieces(text)]);

it.each([
  ["its beginning was changed", (text: string) => text.replace("one", "number one"), "number one two three four five "],
  ["its beginning was taken out", (text: string) => text.replace("one ", ""), "two three four five "],
  ["its end was changed", (text: string) => text.replace("two", "2"), "one 2 three four five "],
  ["something was added", (text: string) => `${text}by hand `, "one two by hand three four five "],
])("puts the rest of an answer behind what somebody made of its beginning: %s", (_, change, wanted) => {
  const file = grownTo("one two ");
  const text = Buffer.from(writeConversation(file)).toString().replace("one two ", change);
  const rest = pieces("one two ", "three ", "four ", "five ").slice(1);
  expect(recovered(parseConversation(Buffer.from(text)), rest).messages.at(-1)?.text).toBe(wanted);
});

it("adds nothing twice to an answer whose beginning was changed after the file had it all", () => {
  const text = Buffer.from(writeConversation(grownTo("one two three ")))
    .toString()
    .replace("one", "number one");
  const rest = pieces("one ", "two ", "three ", "four ").slice(1);
  expect(recovered(parseConversation(Buffer.from(text)), rest).messages.at(-1)?.text).toBe(
    "number one two three four ",
  );
});

it("keeps the rest of an answer that was taken out of the file", () => {
  const text = Buffer.from(writeConversation(grownTo("one two ")))
    .toString()
    .replace("one two ", "");
  const rest = pieces("one two ", "three ", "four ").slice(1);
  const last = recovered(parseConversation(Buffer.from(text)), [...asked, ...rest]).messages.at(-1);
  expect(last && partsOf(last).map((part) => part.text)).toEqual(["three four "]);
});

it("puts nothing on an answer whose text is in a side file: that was its end", () => {
  const answer = live();
  answer.add({ type: "text", text: "the whole of a long text" });
  const shown = "[The whole text, 300 KiB](x.files/p.md)\n\nthe whole …";
  const part = { id: "p", type: "text", label: "Text", attributes: { src: "x.files/p.md" }, text: shown };
  const file = recovered(undefined, [
    { type: "created", id: "c0nversat1", front },
    {
      type: "edited",
      edits: [
        { type: "add-message", message: message("q", "root", "user", "question") },
        { type: "add-message", message: { ...message("a", "q", "assistant"), parts: [part] } },
      ],
    },
  ]);
  const records: ChatRecord[] = [
    ...created,
    { type: "answered", messageId: "a", pieces: answer.takeUnsaved() },
    { type: "ended", messageId: "a", status: "complete", attributes: { ms: "5" } },
  ];
  const found = recovered(file, records).messages.at(-1);
  expect(found?.parts).toEqual([part]);
  expect([found?.text, found?.attributes]).toEqual(["", { ms: "5" }]);
});
