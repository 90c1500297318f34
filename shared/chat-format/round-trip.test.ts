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

test(`${RUNS / 2} hostile conversations come back as they were written, with every front value and one active path`, () => {
  for (let seed = 1; seed <= RUNS / 2; seed++) {
    const model = hostileModel(seededChance(seed));
    const written = composeConversation(model);
    const bytes = writeConversation(written);
    const parsed = parseConversation(bytes);
    const preamble = parsed.preamble;
    expect(preamble.replace(/\n*$/, ""), `seed ${seed}`).toBe(model.preamble.toWellFormed().replace(/\n*$/, ""));
    expect(read(parsed), `seed ${seed}`).toEqual(readable(model, preamble));
    expect(toJson(parsed), `seed ${seed}`).toEqual(toJson(written));
    const { head: _, ...front } = Object.fromEntries(parsed.front);
    const { head: __, ...given } = model.front;
    expect(front, `seed ${seed}`).toEqual({ format: "chat.md/1", ...given });
    expect(
      parsed.problems.filter(({ reason }) => reason !== "conflict" && reason !== "wrap"),
      `seed ${seed}`,
    ).toEqual([]);
  }
}, 120_000);

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
    expect(Buffer.from(again).toString(), `seed ${seed}`).toBe(Buffer.from(bytes).toString());
  }
}, 60_000);

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
  fc.assert(fc.property(bytes, isKept), { numRuns: RUNS / 8, seed: 7 });
}, 60_000);

test("mutated files keep their bytes, and their conversation survives the canonical writer", () => {
  for (let seed = 1; seed <= RUNS / 8; seed++) {
    const chance = seededChance(seed);
    const file = mutate(writeConversation(composeConversation(hostileModel(chance))), chance);
    const parsed = parseConversation(file);
    expect(sameBytes(writeConversation(parsed), file), `seed ${seed}`).toBe(true);
    if (parsed.readOnly !== undefined) continue;
    const again = writeConversation(conversationFromJson(JSON.parse(JSON.stringify(toJson(parsed)))).conversation);
    const { messages, path } = toJson(parseConversation(again));
    const byId = new Map(messages.map((message) => [message.id, message]));
    const before = toJson(parsed);
    expect(path, `seed ${seed}`).toEqual(before.path);
    for (const message of before.messages) {
      expect(byId.get(message.id)?.text, `seed ${seed}`).toBe(message.text);
      expect(byId.get(message.id)?.parent, `seed ${seed}`).toBe(message.parent);
      expect(byId.get(message.id)?.parts.map(({ text }) => text)).toEqual(message.parts.map(({ text }) => text));
    }
  }
}, 60_000);

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
    expect(toJson(converted).messages, `seed ${seed}`).toEqual(toJson(parseConversation(bytes)).messages);
  }
});

test("this repository's own Markdown files keep their bytes", () => {
  for (const name of ["README.md", "docs/architecture.md"]) {
    const url = new URL(`../../${name}`, import.meta.url);
    const file = new Uint8Array(readFileSync(url));
    expect(sameBytes(writeConversation(parseConversation(file)), file)).toBe(true);
  }
});
