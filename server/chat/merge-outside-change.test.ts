import { describe, expect, it } from "vitest";
import type { ConversationEdit, NewMessage } from "../../shared/chat-format/conversation.ts";
import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import { partsOf } from "./answer-parts.ts";
import { fingerprint } from "./fingerprint.ts";
import { latestOnly, mergeOutsideChange } from "./merge-outside-change.ts";

const file = (text: string) => parseConversation(new TextEncoder().encode(text));
const start = "---\nformat: chat.md/1\nid: c\n---\n### You <!-- message id=q parent=root role=user -->\n\nquestion\n\n";
const answer = (text: string) => `### A <!-- message id=a parent=q role=assistant status=streaming -->\n\n${text}\n\n`;
const written = (text: string): NewMessage => ({
  id: "a",
  parent: "q",
  role: "assistant",
  label: "A",
  attributes: {},
  text,
  parts: [],
});
const newId = () => "newid00000";

function merge(current: string, edits: readonly ConversationEdit[], known = new Map<string, string>()): string {
  return new TextDecoder().decode(
    writeConversation(mergeOutsideChange(file(current), edits, known, newId).conversation),
  );
}

const whatWeWrote = (text: string) => new Map([["a", fingerprint(partsOf(written(text)))]]);

describe("mergeOutsideChange", () => {
  it("adds our message and leaves every byte of theirs", () => {
    const theirs = `${start}### You <!-- message id=h parent=q role=user -->\n\nby hand\n\n`;
    const merged = merge(theirs, [{ type: "add-message", message: written("ours") }]);
    expect(merged.startsWith(start)).toBe(true);
    expect(merged).toContain("by hand");
    expect(merged).toContain("ours");
  });

  it("does not add what is there already", () => {
    const merged = merge(start + answer("same"), [{ type: "add-message", message: written("same") }]);
    expect(merged).toBe(start + answer("same"));
  });

  it("lets our answer grow over what we wrote ourselves", () => {
    const merged = merge(
      start + answer("be"),
      [{ type: "replace-message", id: "a", message: written("begin") }],
      whatWeWrote("be"),
    );
    expect(merged).toContain("begin");
    expect(file(merged).messages).toHaveLength(2);
  });

  it("keeps an answer that was edited in the file as a version of its own", () => {
    const edit: ConversationEdit = { type: "replace-message", id: "a", message: written("begin and end") };
    const merged = file(merge(start + answer("edited"), [edit], whatWeWrote("begin")));
    expect(merged.messages.map(({ id, text }) => [id, text])).toEqual([
      ["q", "question"],
      ["a", "begin and end"],
      ["newid00000", "edited"],
    ]);
    expect(merged.messages.at(-1)?.attributes["replaces"]).toBe("a");
    expect(merged.path).toContain("a");
  });

  it("gives no part of that version an id that a part of the answer has", () => {
    const part = (id: string, text: string) => ({ id, type: "reasoning", label: "R", attributes: {}, text });
    const ours = { ...written("begin and end"), parts: [part("p1", "hm"), part("p2", "hm hm")] };
    const before = new Map([["a", fingerprint(partsOf({ ...ours, text: "begin" }))]]);
    const theirs = `${start}${answer("edited")}### R <!-- part id=p1 type=reasoning -->\n\nhm\n\n### R <!-- part id=own type=text -->\n\nmine\n\n`;
    const merged = file(merge(theirs, [{ type: "replace-message", id: "a", message: ours }], before));
    expect(merged.problems).toEqual([]);
    expect(merged.messages.map(({ id, parts }) => [id, parts.map((each) => [each.id, each.text])])).toEqual([
      ["q", []],
      [
        "a",
        [
          ["p1", "hm"],
          ["p2", "hm hm"],
        ],
      ],
      [
        "newid00000",
        [
          ["newid00000", "hm"],
          ["own", "mine"],
        ],
      ],
    ]);
  });

  it("knows an earlier state of our own answer for ours", () => {
    const edit: ConversationEdit = { type: "replace-message", id: "a", message: written("begin and end") };
    const merged = file(merge(start + answer("beg"), [edit], whatWeWrote("begin and")));
    expect(merged.messages.map(({ id, text }) => [id, text])).toEqual([
      ["q", "question"],
      ["a", "begin and end"],
    ]);
  });

  it("keeps one version of an answer that somebody goes on editing before it was written", () => {
    const edit: ConversationEdit = { type: "replace-message", id: "a", message: written("begin and end") };
    const once = mergeOutsideChange(file(start + answer("edited")), [edit], whatWeWrote("begin"), newId);
    const seen = new Map([...whatWeWrote("begin"), ...once.seen]);
    const again = mergeOutsideChange(file(start + answer("edited")), once.edits, seen, newId);
    const more = mergeOutsideChange(file(start + answer("edited more")), again.edits, seen, newId);
    expect(again.conversation.messages.map(({ text }) => text)).toEqual(["question", "begin and end", "edited"]);
    expect(more.conversation.messages.map(({ text }) => text)).toEqual(["question", "begin and end", "edited more"]);
  });

  it("knows an earlier state of an answer whose text has gone to a side file since", () => {
    const attributes = { src: "x.files/p.md" };
    const moved = { ...written(""), parts: [{ id: "p", type: "text", label: "", attributes, text: "[whole](x)" }] };
    const edits: ConversationEdit[] = [{ type: "replace-message", id: "a", message: moved }];
    const sideTexts = new Map([["x.files/p.md", { text: "begin and end" }]]);
    const known = new Map([["a", fingerprint(partsOf(moved))]]);
    const { conversation } = mergeOutsideChange(file(start + answer("begin")), edits, known, newId, sideTexts);
    expect(conversation.messages.map(({ id }) => id)).toEqual(["q", "a"]);
    const other = mergeOutsideChange(file(start + answer("own words")), edits, known, newId, sideTexts).conversation;
    expect(other.messages.map(({ id }) => id)).toEqual(["q", "a", "newid00000"]);
  });

  it("puts an answer back that was taken out of the file while it grew", () => {
    const merged = file(
      merge(start, [{ type: "replace-message", id: "a", message: written("whole") }], whatWeWrote("wh")),
    );
    expect(merged.messages.map(({ id }) => id)).toEqual(["q", "a"]);
  });
});

it("keeps only the last of many states of one message", () => {
  const edits: ConversationEdit[] = [
    { type: "add-message", message: written("") },
    { type: "replace-message", id: "a", message: written("1") },
    { type: "set-front", key: "title", value: "one" },
    { type: "replace-message", id: "a", message: written("12") },
    { type: "set-front", key: "title", value: "two" },
  ];
  expect(latestOnly(edits)).toEqual([edits[0], edits[3], edits[4]]);
});
