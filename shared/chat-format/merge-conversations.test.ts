// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { expect, test } from "vitest";
import { type Chance, hostileMessage, hostileModel, hostileText, seededChance } from "./adversarial-rig.ts";
import { composeConversation } from "./compose-conversation.ts";
import type { Conversation, ConversationEdit, NewMessage } from "./conversation.ts";
import { editConversation } from "./edit-conversation.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const RUNS = Number(process.env["FOLIO_PROPERTY_RUNS"] ?? 20_000) / 40;

const read = (text: string) => parseConversation(new TextEncoder().encode(text));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const written = (conversation: Conversation) => text(writeConversation(conversation));
const merge = (base: string | undefined, ours: string, theirs: string) =>
  text(mergeConversations(base === undefined ? undefined : read(base), read(ours), read(theirs)));

const front = (...lines: string[]) => `---\nformat: chat.md/1\n${lines.map((line) => `${line}\n`).join("")}---\n`;
const turn = (id: string, parent: string, body: string, more = "") =>
  `### You <!-- message id=${id} parent=${parent} role=user${more} -->\n\n${body}\n\n`;

const base =
  front("title: T", "updated: 2026-01-01T00:00:00Z", "head: b") + turn("a", "root", "one") + turn("b", "a", "two");

test("what both sides wrote at the end stands as two branches, ours the active one", () => {
  const ours = `${base.replace("head: b", "head: c")}${turn("c", "b", "ours")}`;
  const theirs = `${base.replace("head: b", "head: e")}${turn("d", "b", "theirs")}${turn("e", "d", "more")}`;
  const merged = merge(base, ours, theirs);
  expect(merged).toBe(
    `${ours}### Other versions <!-- section name=alternates -->\n\n${turn("d", "b", "theirs")}${turn("e", "d", "more")}`,
  );
  expect(read(merged).path).toEqual(["a", "b", "c"]);
  expect(read(merged).problems).toEqual([]);
});

test("what one side alone did is taken: a title, a message at the end, a changed text, a message less", () => {
  const ours = base.replace("title: T", "title: Ours");
  const theirs = `${base.replace("head: b", "head: c").replace("\n\ntwo\n", "\n\ntwo and a half\n")}${turn("c", "b", "three")}`;
  const merged = merge(base, ours, theirs);
  expect(merged).toBe(theirs.replace("title: T", "title: Ours"));
  expect(merge(base, theirs, ours)).toBe(merged);
  const without = base.replace(turn("b", "a", "two"), "").replace("head: b", "head: a");
  expect(merge(base, without, ours)).toBe(without.replace("title: T", "title: Ours"));
});

test("a message that both changed stays as ours, theirs is a version of it with what they said in reply", () => {
  const ours = base.replace("\n\ntwo\n", "\n\nour two\n");
  const theirs = `${base.replace("\n\ntwo\n", "\n\ntheir two\n")}${turn("c", "b", "to theirs")}`;
  const merged = read(merge(base, ours, theirs));
  const version = merged.messages.find(({ attributes }) => attributes["replaces"] === "b");
  expect(version).toMatchObject({ text: "their two", parent: "a" });
  expect(merged.messages.map((message) => message.text)).toEqual(["one", "our two", "their two", "to theirs"]);
  expect(merged.messages.find(({ id }) => id === "c")?.parent).toBe(version?.id);
  expect(merged.problems).toEqual([]);
  expect(merge(base, merge(base, ours, theirs), theirs)).toBe(merge(base, ours, theirs));
});

test("what one side took out stays when the other changed it or answered it", () => {
  const without = base.replace(turn("b", "a", "two"), "").replace("head: b", "head: a");
  const changed = base.replace("\n\ntwo\n", "\n\ntwo and a half\n");
  expect(read(merge(base, without, changed)).messages.map((message) => message.text)).toEqual([
    "one",
    "two and a half",
  ]);
  const answered = `${base}${turn("c", "b", "three")}`;
  expect(read(merge(base, without, answered)).messages.map((message) => message.text)).toEqual(["one", "two", "three"]);
  expect(read(merge(base, answered, without)).problems).toEqual([]);
});

test("an answer that was copied while it grew makes no version of what it became", () => {
  const growing = base.replace("role=user -->\n\ntwo", "role=user status=streaming -->\n\ntw");
  const ours = base.replace("\n\ntwo\n", "\n\ntwo, ended\n");
  const theirs = growing.replace("\n\ntw\n", "\n\ntwo,\n");
  expect(merge(growing, ours, theirs)).toBe(ours);
  expect(merge(growing, theirs, ours)).toBe(ours);
});

test("keys are merged one by one; a second title is kept, the later time counts, odd lines stay", () => {
  const ours =
    front("title: Ours", "updated: 2026-01-03T00:00:00Z", "tags:", "  - a", "model: m") + turn("a", "root", "one");
  const theirs = front("title: Theirs", "updated: 2026-01-04T00:00:00Z", "tags:", "  - a", "  - b", "pinned: yes");
  const before = front("title: T", "updated: 2026-01-02T00:00:00Z", "tags:", "  - a");
  expect(merge(before, ours, theirs)).toBe(
    front(
      ...["title: Ours", "updated: 2026-01-04T00:00:00Z", "tags:", "  - a", "  - b", "model: m"],
      ...["other-title: Theirs", "pinned: yes"],
    ) + turn("a", "root", "one"),
  );
});

test("without a common version nothing counts as taken out, and nothing stands twice", () => {
  const ours = base + turn("c", "b", "ours");
  const theirs = base.replace("\n\ntwo\n", "\n\ntheir two\n") + turn("d", "b", "theirs");
  const merged = read(merge(undefined, ours, theirs));
  expect(merged.messages.map((message) => message.text)).toEqual(["one", "two", "ours", "their two", "theirs"]);
  expect(merged.path).toEqual(["a", "b", "c"]);
});

test("messages without ids and parents stay what they were, and sections and a preamble of either side are kept", () => {
  const before = "### You <!-- message role=user -->\nhi\n\n### Bot <!-- message role=assistant -->\nyes";
  const ours = `intro\n\n${before}\n\n### You <!-- message role=user -->\nours`;
  const theirs = `${before}\n\n### Note <!-- section name=notes -->\n\nnote\n\n### You <!-- message role=user -->\ntheirs`;
  const merged = merge(before, ours, theirs);
  const { messages, path, preamble } = read(merged);
  expect(messages.map((message) => message.text)).toEqual(["hi", "yes", "ours", "theirs"]);
  const ids = messages.map(({ id }) => id);
  expect(messages.map(({ parent }) => parent)).toEqual(["root", ids[0], ids[1], ids[1]]);
  expect(path).toEqual(ids.slice(0, 3));
  expect(preamble).toBe("intro\n\n");
  expect(merged).toContain("### Note <!-- section name=notes -->\n\nnote");
});

test("a message that follows the one before it still does when another comes between them", () => {
  const bare = "### You <!-- message id=b role=user -->\n\ntwo\n\n";
  const before = front("title: T", "head: b") + turn("a", "root", "one") + bare;
  const ours = before.replace("title: T", "title: Ours");
  const theirs = before.replace("head: b", "head: x") + turn("x", "a", "another");
  const merged = read(merge(before, ours, theirs));
  expect(merged.messages.map(({ id, parent }) => `${parent} ${id}`)).toEqual(["root a", "a x", "a b"]);
  expect(merged.path).toEqual(["a", "x"]);
});

test("two moves that would make a circle leave our messages where they were", () => {
  const before = turn("a", "root", "one") + turn("b", "root", "two");
  const ours = before.replace("id=a parent=root", "id=a parent=b");
  const theirs = before.replace("id=b parent=root", "id=b parent=a");
  const merged = read(merge(before, ours, theirs));
  expect(merged.problems).toEqual([]);
  expect(merged.messages.map(({ id, parent }) => [id, parent])).toEqual([
    ["a", "b"],
    ["b", "root"],
  ]);
});

test("a file that is only read is not merged", () => {
  const other = base.replace("chat.md/1", "chat.md/9");
  expect(() => merge(base, base, other)).toThrow(RangeError);
});

test("a line end that the last message lacks is put in when another follows it, and CRLF stays CRLF", () => {
  const before = base.trimEnd();
  const ours = `${base}${turn("c", "b", "ours")}`.trimEnd();
  const theirs = `${base}${turn("d", "b", "~~~\ntheirs")}`.replaceAll("\n", "\r\n").trimEnd();
  const merged = read(merge(before, ours, theirs));
  expect(merged.messages.map((message) => message.text)).toEqual(["one", "two", "ours", "~~~\ntheirs"]);
  expect(merged.problems).toEqual([]);
});

/** One side's work: some edits of the base, and some messages taken out by hand. */
function change(chance: Chance, conversation: Conversation, side: string): Conversation {
  let changed = conversation;
  for (let count = chance.below(4); count > 0 && changed.readOnly === undefined; count -= 1) {
    changed = editConversation(changed, [randomEdit(chance, changed, `${side}${count}`)]);
  }
  if (chance.next() < 0.3) return withoutLast(changed);
  return changed;
}

/** Takes out the message last in the file when nothing follows it. */
function withoutLast(conversation: Conversation): Conversation {
  const last = conversation.messages.at(-1);
  const isFollowed = conversation.messages.some(({ parent }) => parent === last?.id);
  if (last === undefined || isFollowed || conversation.front.get("head") === last.id) return conversation;
  const at = written(conversation).lastIndexOf("\n### ", written(conversation).lastIndexOf("<!-- message "));
  const cut = read(written(conversation).slice(0, at + 1));
  const isClean = cut.problems.length === 0 && cut.messages.length === conversation.messages.length - 1;
  return isClean ? cut : conversation;
}

function randomEdit(chance: Chance, conversation: Conversation, newId: string): ConversationEdit {
  const ids = conversation.messages.map(({ id }) => id);
  const roll = chance.next();
  if (ids.length === 0 || roll < 0.45) {
    const parent = chance.next() < 0.6 ? (conversation.head ?? "root") : chance.pick(["root", ...ids]);
    return { type: "add-message", message: hostileMessage(chance, newId, parent) };
  }
  const id = chance.pick(ids);
  const known = conversation.messages.find((one) => one.id === id) as NewMessage;
  if (roll < 0.75) return { type: "replace-message", id, message: { ...known, text: hostileText(chance) } };
  if (roll < 0.85) return { type: "set-message-attributes", id, set: { status: chance.pick(["stopped", undefined]) } };
  if (roll < 0.92) return { type: "set-front", key: "head", value: id };
  return { type: "set-front", key: "title", value: chance.pick(["One", "Two", "a: b"]) };
}

/** What was said, whoever said it; with its parts. */
const wordsOf = ({ messages }: Conversation): string[] =>
  messages.map((message) => JSON.stringify([message.role, message.text, message.parts.map((part) => part.text)]));

test("no text of either side is lost, a merge made again changes nothing, and either order holds the same", () => {
  let compared = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const chance = seededChance(seed);
    const before = composeConversation(hostileModel(chance));
    if (before.problems.length > 0) continue;
    const [ours, theirs] = [change(chance, before, "x"), change(chance, before, "y")];
    if (ours.problems.length > 0 || theirs.problems.length > 0) continue;
    compared += 1;
    const known = chance.next() < 0.8 ? before : undefined;
    const bytes = mergeConversations(known, ours, theirs);
    const merged = parseConversation(bytes);
    const about = `seed ${seed}\n${written(before)}\n== ours\n${written(ours)}\n== theirs\n${written(theirs)}\n=> ${text(bytes)}`;
    expect(merged.problems, about).toEqual([]);
    expectKept(merged, { before: known, ours, theirs }, about);
    expect(text(mergeConversations(known, merged, theirs)), about).toBe(text(bytes));
    expect(text(mergeConversations(known, ours, ours)), about).toBe(written(ours));
    const other = parseConversation(mergeConversations(known, theirs, ours));
    expect(wordsOf(other).sort(), about).toEqual(wordsOf(merged).sort());
    expect(other.front.get("updated"), about).toBe(merged.front.get("updated"));
  }
  expect(compared).toBeGreaterThan(RUNS / 3);
}, 600_000);

interface Sides {
  readonly before: Conversation | undefined;
  readonly ours: Conversation;
  readonly theirs: Conversation;
}

function expectKept(merged: Conversation, { before, ours, theirs }: Sides, about: string): void {
  const there = new Set(wordsOf(merged));
  const old = new Set(before === undefined ? [] : wordsOf(before));
  const said = [...wordsOf(ours), ...wordsOf(theirs)].filter((words) => !old.has(words));
  expect(
    said.filter((words) => !there.has(words)),
    about,
  ).toEqual([]);
  const inBoth = (before?.messages ?? []).filter(({ id }) =>
    [ours, theirs].every(({ source }) => source.indexById.has(id)),
  );
  expect(
    inBoth.filter(({ id }) => !merged.source.indexById.has(id)),
    about,
  ).toEqual([]);
}
