// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileModel, hostileText, seededChance } from "./adversarial-rig.ts";
import { type ConversationModel, composeConversation } from "./compose-conversation.ts";
import type { Conversation } from "./conversation.ts";
import { conversationFromJson, conversationToJson } from "./conversation-json.ts";
import { cleanLabel } from "./marker.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const RUNS = Number(process.env["FOLIO_PROPERTY_RUNS"] ?? 20_000);
const ENCODER = new TextEncoder();

const toJson = (conversation: Conversation) => conversationToJson("x.chat.md", conversation);

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** What a file can say of a model: labels are for people and lose what a heading cannot hold. */
function readable(model: ConversationModel, preamble: string) {
  const cleaned = model.messages.map((message) => ({
    ...message,
    label: cleanLabel(message.label),
    parts: message.parts.map((part) => ({ ...part, label: cleanLabel(part.label) })),
  }));
  return { preamble, messages: cleaned.sort((left, right) => left.id.localeCompare(right.id)) };
}

function read(conversation: Conversation) {
  const { messages, preamble } = toJson(conversation);
  return { preamble, messages: [...messages].sort((left, right) => left.id.localeCompare(right.id)) };
}

/** `toEqual` only where the quick look fails: it takes more time than all that it checks. */
function expectSame(actual: unknown, expected: unknown, seed: number): void {
  if (JSON.stringify(sorted(actual)) === JSON.stringify(sorted(expected))) return;
  expect(actual, `seed ${seed}`).toEqual(expected);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}

test(`${RUNS} hostile conversations come back as they were written, with every front value and one active path`, () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const model = hostileModel(seededChance(seed));
    const written = composeConversation(model);
    const bytes = writeConversation(written);
    const parsed = parseConversation(bytes);
    const { preamble } = parsed;
    expectSame(preamble.replace(/\n*$/, ""), model.preamble.toWellFormed().replace(/\n*$/, ""), seed);
    expectSame(read(parsed), readable(model, preamble), seed);
    expectSame(toJson(parsed), toJson(written), seed);
    const { head: _, ...front } = Object.fromEntries(parsed.front);
    const { head: __, ...given } = model.front;
    expectSame(front, { format: "chat.md/1", ...given }, seed);
    const problems = parsed.problems.filter(({ reason }) => reason !== "conflict" && reason !== "wrap");
    expectSame(problems, [], seed);
  }
}, 600_000);

test("without the escape, hostile conversations do not come back: the property can fail", () => {
  const broken = Array.from({ length: 300 }, (_, seed) => hostileModel(seededChance(seed))).filter((model) => {
    const bytes = writeConversation(composeConversation(model, { escape: "off", guard: "on" }));
    const parsed = parseConversation(bytes);
    return JSON.stringify(read(parsed)) !== JSON.stringify(readable(model, parsed.preamble));
  });
  expect(broken.length).toBeGreaterThan(50);
});

test("the canonical writer is the identity on its own output, through JSON", () => {
  for (let seed = 1; seed <= RUNS / 20; seed++) {
    const bytes = writeConversation(composeConversation(hostileModel(seededChance(seed))));
    const line = JSON.stringify(toJson(parseConversation(bytes)));
    const again = writeConversation(conversationFromJson(JSON.parse(line)).conversation);
    expectSame(Buffer.from(again).toString(), Buffer.from(bytes).toString(), seed);
  }
}, 600_000);

test("any bytes are a conversation and are written back byte for byte", () => {
  const pieces = fc.constantFrom(
    ...["### You <!-- message id=a -->", "### <!-- part -->", "\n", "\r\n", "\n\n", "---\n", "\ufeff", "```", "\\"],
    ...["<!-- guard -->", "x", "title: y\n", "### O <!-- section name=alternates -->\n", "<<<<<<< a\n", "=======\n"],
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: "binary" }))).map((parts) => ENCODER.encode(parts.join("")));
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), text);
  const isKept = (file: Uint8Array) => {
    const conversation = parseConversation(file);
    toJson(conversation);
    return sameBytes(writeConversation(conversation), file);
  };
  fc.assert(fc.property(bytes, isKept), { numRuns: RUNS / 20, seed: 7 });
}, 600_000);

test("mutated files keep their bytes, and their conversation survives the canonical writer", () => {
  for (let seed = 1; seed <= RUNS / 10; seed++) {
    const chance = seededChance(seed);
    const file = mutate(writeConversation(composeConversation(hostileModel(chance))), chance);
    const parsed = parseConversation(file);
    expect(sameBytes(writeConversation(parsed), file), `seed ${seed}`).toBe(true);
    if (parsed.readOnly !== undefined) continue;
    const again = writeConversation(conversationFromJson(JSON.parse(JSON.stringify(toJson(parsed)))).conversation);
    const { messages, path } = toJson(parseConversation(again));
    const byId = new Map(messages.map((message) => [message.id, message]));
    const before = toJson(parsed);
    expectSame(path, before.path, seed);
    for (const { id, parent, text, parts } of before.messages) {
      const after = byId.get(id);
      const texts = after?.parts.map((part) => part.text);
      expectSame([after?.text, after?.parent, texts], [text, parent, parts.map((part) => part.text)], seed);
    }
  }
}, 600_000);

function mutate(bytes: Uint8Array, chance: ReturnType<typeof seededChance>): Uint8Array {
  const file = [...bytes];
  for (let count = chance.below(6); count > 0; count--) {
    const at = chance.below(file.length);
    const insert = [...ENCODER.encode(hostileText(chance))];
    if (chance.next() < 0.3) file.splice(at, chance.below(30));
    else if (chance.next() < 0.6) file.splice(at, 0, ...insert);
    else file[at] = chance.below(256);
  }
  return Uint8Array.from(file);
}

test("a file whose line ends were all turned into CRLF reads the same", () => {
  for (let seed = 1; seed <= 400; seed++) {
    const chance = seededChance(seed);
    const bytes = writeConversation(composeConversation(hostileModel(chance)));
    const text = Buffer.from(bytes).toString();
    if (text.includes("\r")) continue;
    const converted = parseConversation(ENCODER.encode(text.replaceAll("\n", "\r\n")));
    expectSame(toJson(converted).messages, toJson(parseConversation(bytes)).messages, seed);
  }
});

test("this repository's own Markdown files keep their bytes", () => {
  for (const name of ["README.md", "docs/architecture.md"]) {
    const url = new URL(`../../${name}`, import.meta.url);
    const file = new Uint8Array(readFileSync(url));
    expect(sameBytes(writeConversation(parseConversation(file)), file)).toBe(true);
  }
});
