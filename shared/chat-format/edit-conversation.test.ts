// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { expect, test } from "vitest";
import { type Chance, hostileMessage, hostileModel, hostileText, seededChance } from "./adversarial-rig.ts";
import { composeConversation } from "./compose-conversation.ts";
import type { Conversation, ConversationEdit, NewMessage } from "./conversation.ts";
import { conversationToJson } from "./conversation-json.ts";
import { editConversation } from "./edit-conversation.ts";
import { newConversation } from "./new-conversation.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const RUNS = Number(process.env["FOLIO_PROPERTY_RUNS"] ?? 20_000) / 10;

const read = (text: string) => parseConversation(new TextEncoder().encode(text));
const written = (conversation: Conversation) => Buffer.from(writeConversation(conversation)).toString("latin1");
const text = (conversation: Conversation) => Buffer.from(writeConversation(conversation)).toString();

function message(id: string, parent: string, body: string): NewMessage {
  return { id, parent, role: "user", label: "You", attributes: {}, text: body, parts: [] };
}

function add(...messages: NewMessage[]): ConversationEdit[] {
  return messages.map((one) => ({ type: "add-message", message: one }));
}

/** A file as people and tools leave it: no last line end, no ids, no parents, CRLF, sections, junk. */
function untidyFile(chance: Chance): Conversation {
  const lineEnd = chance.pick(["\n", "\n", "\r\n"]);
  const units = Array.from({ length: 1 + chance.below(4) }, (_, index) => {
    const id = chance.pick(["", "", ` id=a${chance.below(3)}`, ` id=m${index}`]);
    const parent = chance.pick(["", "", " parent=root", ` parent=m${chance.below(3)}`, " parent=gone"]);
    const marker = chance.pick([
      `message${id}${parent} role=user`,
      `message${id}`,
      `part${id} type=text`,
      "section name=alternates",
    ]);
    const body = hostileText(chance).replaceAll("### ", "## ");
    return `### L <!-- ${marker} -->${chance.pick(["\n", "\n\n"])}${body.toWellFormed()}\n${chance.pick(["", "\n", "\n\n"])}`;
  });
  const front = chance.next() < 0.5 ? `---\nformat: chat.md/1\nodd line\nhead: m${chance.below(3)}\n---\n` : "";
  const whole = (front + units.join("")).replaceAll("\n", lineEnd);
  return read(chance.next() < 0.5 ? whole.replace(/[\r\n]+$/, "") : whole);
}

function randomEdit(chance: Chance, conversation: Conversation): ConversationEdit {
  const ids = conversation.messages.map(({ id }) => id);
  const roll = chance.next();
  if (ids.length === 0 || roll < 0.4) {
    const parent = chance.next() < 0.5 ? (conversation.head ?? "root") : chance.pick(["root", "unknown", ...ids]);
    return { type: "add-message", message: hostileMessage(chance, `new${chance.below(1e6)}`, parent) };
  }
  const id = chance.pick(ids);
  if (roll < 0.6) {
    const known = conversation.messages.find((one) => one.id === id) as NewMessage;
    const next = hostileMessage(chance, id, known.parent);
    return { type: "replace-message", id, message: chance.next() < 0.5 ? { ...next, parts: known.parts } : next };
  }
  if (roll < 0.8)
    return { type: "set-message-attributes", id, set: { status: chance.pick(["stopped", "a b", undefined]) } };
  const value = chance.pick(["Plain", "a: b", "", undefined, "x\ny"]);
  return chance.next() < 0.5
    ? { type: "set-front", key: "head", value: id }
    : { type: "set-front", key: "title", value };
}

test("any edits of any file give what parsing the written bytes gives, and touch only what they name", () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const chance = seededChance(seed);
    let conversation = chance.next() < 0.5 ? composeConversation(hostileModel(chance)) : untidyFile(chance);
    for (let count = 0; count < 3 && conversation.readOnly === undefined; count++) {
      const edit = randomEdit(chance, conversation);
      const edited = editConversation(conversation, [edit]);
      const again = parseConversation(writeConversation(edited));
      const about = `seed ${seed} ${JSON.stringify(edit)}\n${text(conversation)}\n=>\n${text(edited)}`;
      expectSame(conversationToJson("", edited), conversationToJson("", again), about);
      expectOthersKept(conversation, edited, edit, about);
      conversation = edited;
    }
  }
}, 600_000);

/** `toEqual` only where the quick look fails: it takes more time than all that it checks. */
function expectSame(actual: unknown, expected: unknown, about: string): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  expect(actual, about).toEqual(expected);
}

function namedIn(edit: ConversationEdit): string | undefined {
  if (edit.type === "set-front") return undefined;
  return edit.type === "add-message" ? edit.message.id : edit.id;
}

function expectOthersKept(before: Conversation, after: Conversation, edit: ConversationEdit, about: string): void {
  const named = namedIn(edit);
  const byId = new Map(after.messages.map((one) => [one.id, one]));
  const kept = (one: NewMessage | undefined) => [one?.text, one?.role, one?.label, one?.parts.map((part) => part.text)];
  for (const old of before.messages.filter(({ id }) => id !== named))
    expectSame(kept(byId.get(old.id)), kept(old), about);
  const added = edit.type === "add-message" ? edit.message : undefined;
  expectSame(added && byId.get(added.id)?.text, added?.text, about);
}

test("a message on the end of the path is added with nothing else touched", () => {
  const before = editConversation(
    newConversation({ id: "x" }),
    add(message("a", "root", "one"), message("b", "a", "two")),
  );
  const after = editConversation(before, add(message("c", "b", "three")));
  expect(written(after)).toBe(`${written(before)}### You <!-- message id=c parent=b role=user -->\n\nthree\n\n`);
  expect(after.path).toEqual(["a", "b", "c"]);
});

test("another version goes behind a divider, and head makes it the active one", () => {
  const before = editConversation(newConversation({}), add(message("a", "root", "one"), message("b", "a", "two")));
  const branched = editConversation(before, add(message("c", "a", "three"), message("d", "b", "four")));
  expect(text(branched).match(/### .*/g)).toEqual([
    "### You <!-- message id=a parent=root role=user -->",
    "### You <!-- message id=b parent=a role=user -->",
    "### You <!-- message id=d parent=b role=user -->",
    "### Other versions <!-- section name=alternates -->",
    "### You <!-- message id=c parent=a role=user -->",
  ]);
  expect(branched.path).toEqual(["a", "b", "d"]);
  const switched = editConversation(branched, [{ type: "set-front", key: "head", value: "c" }]);
  expect(switched.path).toEqual(["a", "c"]);
  expect(editConversation(switched, add(message("e", "c", "five"))).path).toEqual(["a", "c", "e"]);
});

test("a derived id is written into its marker line as soon as another line names it, and nowhere else", () => {
  const before = read("### You <!-- message role=user -->\nhi\n\n### Bot <!-- message role=assistant -->\nyes\n");
  const [first = "", second = ""] = before.messages.map(({ id }) => id);
  const after = editConversation(before, add(message("c", second, "go on")));
  expect(text(after)).toBe(
    `### You <!-- message role=user -->\nhi\n\n### Bot <!-- message id=${second} role=assistant -->\nyes\n\n` +
      `### You <!-- message id=c parent=${second} role=user -->\n\ngo on\n\n`,
  );
  expect(after.path).toEqual([first, second, "c"]);
});

test("a new unit takes the line end of the one before it, and a changed one keeps its own", () => {
  const before = read("### You <!-- message id=a parent=root role=user -->\r\n\r\nhi\r\nyou");
  const after = editConversation(before, add(message("b", "a", "x\ny"), message("c", "b", "lone\r")));
  expect(text(after).replaceAll("\r\n", "").match(/\n/)).toBeNull();
  expect(text(after)).toContain("message id=c parent=b role=user eol=mixed");
  expect(after.messages.map((one) => one.text)).toEqual(["hi\nyou", "x\ny", "lone\r"]);
  const edit = { type: "replace-message", id: "a", message: message("a", "root", "new\ntext") } as const;
  expect(text(editConversation(after, [edit]))).toContain("role=user -->\r\n\r\nnew\r\ntext\r\n\r\n");
});

test("a status touches one marker line", () => {
  const before = read("---\nformat: chat.md/1\n---\npre\n### A <!-- message id=a parent=root role=user x=1 -->  \nhi");
  const after = editConversation(before, [
    { type: "set-message-attributes", id: "a", set: { status: "stopped", x: undefined } },
  ]);
  expect(text(after)).toBe(
    "---\nformat: chat.md/1\n---\npre\n### A <!-- message id=a parent=root role=user status=stopped -->\nhi",
  );
});

test("front matter edits change one line and keep unknown ones", () => {
  const before = read("---\r\nformat: chat.md/1\r\n# note\r\ntitle: old\r\nlist:\r\n  - x\r\n---\r\n");
  const edits = [
    { type: "set-front", key: "title", value: "new: title" },
    { type: "set-front", key: "head", value: "a" },
  ] as const;
  expect(text(editConversation(before, edits))).toBe(
    '---\r\nformat: chat.md/1\r\n# note\r\ntitle: "new: title"\r\nlist:\r\n  - x\r\nhead: a\r\n---\r\n',
  );
  const without = editConversation(before, [{ type: "set-front", key: "title", value: undefined }]);
  expect(text(without)).toBe("---\r\nformat: chat.md/1\r\n# note\r\nlist:\r\n  - x\r\n---\r\n");
});

test("replacing a message again and again leaves every other byte, parts that stay equal included", () => {
  const part = { id: "p", type: "tool-result", label: "result", attributes: { wrap: "fence" }, text: "12" };
  let conversation = editConversation(
    newConversation({}),
    add(message("a", "root", "q"), { ...message("b", "a", ""), parts: [part] }),
  );
  const question = written(conversation).slice(0, written(conversation).indexOf("### You <!-- message id=b"));
  for (const body of ["A", "A long", "A long answer\n```\nopen"]) {
    const next = { ...message("b", "a", body), parts: [part] };
    conversation = editConversation(conversation, [{ type: "replace-message", id: "b", message: next }]);
    expect(written(conversation).startsWith(question)).toBe(true);
    expect(conversation.messages.at(-1)).toMatchObject({ text: body, parts: [{ text: "12" }] });
  }
});

test("bytes that are not UTF-8 stay until their unit is edited", () => {
  const bad = new Uint8Array([
    ...Buffer.from("### A <!-- message id=a parent=root role=user -->\n\nx"),
    0xff,
    0x0a,
    0x0a,
  ]);
  const before = parseConversation(bad);
  const after = editConversation(before, add(message("b", "a", "y")));
  expect(writeConversation(after).slice(0, bad.length)).toEqual(bad);
  expect(after.messages[0]?.text).toBe("x\ufffd");
});

test("what cannot be done is refused", () => {
  const conversation = editConversation(newConversation({}), add(message("a", "root", "x")));
  const refused: ConversationEdit[] = [
    ...add(message("a", "root", "again"), message("root", "root", ""), {
      ...message("b", "a", ""),
      attributes: { "B A": "" },
    }),
    { type: "replace-message", id: "gone", message: message("gone", "root", "") },
    { type: "set-message-attributes", id: "a", set: { eol: "crlf" } },
    { type: "set-front", key: "no key", value: "x" },
    { type: "set-front", key: "title", value: "x".repeat(70_000) },
  ];
  for (const edit of refused) expect(() => editConversation(conversation, [edit]), edit.type).toThrow(RangeError);
  const other = read("---\nformat: chat.md/9\n---\n");
  expect(() => editConversation(other, add(message("a", "root", "x")))).toThrow(RangeError);
});
