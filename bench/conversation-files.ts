/** Conversations in bulk, written straight into a folder before Folio opens it. Equal numbers give equal files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const WORDS =
  "stream memory parser folder answer journal reader writer index token branch editor offset buffer socket window header marker budget figure".split(
    " ",
  );
const FIRST_DAY = Date.parse("2024-01-01T08:00:00Z");

/** Ten characters of base-32 with `number` as its last seven. */
export function numberedId(letters: string, number: number): string {
  let digits = "";
  for (let rest = number; digits.length < 7; rest = Math.floor(rest / 32))
    digits = (ALPHABET[rest % 32] ?? "0") + digits;
  return letters.padEnd(3, "0").slice(0, 3) + digits;
}

const word = (number: number): string => WORDS[(number * 7 + (number >> 3)) % WORDS.length] ?? "stream";

/** Sentences of five words until there are `bytes` of them. */
function prose(seed: number, bytes: number): string {
  let text = "";
  for (let number = seed; text.length < bytes; number += 5) {
    const words = [0, 1, 2, 3, 4].map((step) => word(number + step));
    text += `The ${words.join(" ")} ${number % 89}.${number % 4 === 3 ? "\n\n" : " "}`;
  }
  return text.slice(0, bytes).trimEnd();
}

export interface ConversationShape {
  readonly id: string;
  readonly title: string;
  readonly messages: number;
  readonly bytesPerMessage: number;
  readonly seed: number;
  /** A last paragraph of the last message. */
  readonly ending?: string;
}

/** One file in the format of docs/file-formats.md: questions and answers in turn. */
function conversationText(shape: ConversationShape): string {
  const at = new Date(FIRST_DAY + shape.seed * 60_000).toISOString().replace(".000", "");
  const units = [
    `---\nformat: chat.md/1\nid: ${shape.id}\ntitle: ${shape.title}\ncreated: ${at}\nupdated: ${at}\n---\n`,
  ];
  for (let index = 0; index < shape.messages; index += 1) {
    const id = numberedId("m", index);
    const parent = index === 0 ? "root" : numberedId("m", index - 1);
    const isQuestion = index % 2 === 0;
    const label = isQuestion ? "You" : "Assistant · simulated";
    const role = isQuestion ? "user" : "assistant";
    const body = prose(shape.seed + index, shape.bytesPerMessage);
    units.push(`### ${label} <!-- message id=${id} parent=${parent} role=${role} at=${at} -->\n\n${body}\n\n`);
  }
  if (shape.ending !== undefined) units.push(`${units.pop()?.trimEnd()}\n\n${shape.ending}\n\n`);
  return units.join("");
}

/** `conversations/2024/2024-01-01-<title>-<id>.chat.md` below `workspace`; returns where. */
export function writeConversation(workspace: string, shape: ConversationShape): string {
  const day = new Date(FIRST_DAY + shape.seed * 60_000).toISOString().slice(0, 10);
  const folder = join(workspace, "conversations", day.slice(0, 4));
  mkdirSync(folder, { recursive: true });
  const slug = shape.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const file = join(folder, `${day}-${slug}-${shape.id}.chat.md`);
  writeFileSync(file, conversationText(shape));
  return file;
}

/** `count` conversations of 20 messages; one in a thousand speaks of a lighthouse. */
export function writeManyConversations(workspace: string, count: number): void {
  for (let number = 0; number < count; number += 1) {
    const isRare = number % 1000 === 500;
    const title = `${isRare ? "Lighthouse" : "Notes"} on the ${word(number)} ${number}`;
    writeConversation(workspace, {
      id: numberedId("c", number),
      title,
      messages: 20,
      bytesPerMessage: 220,
      seed: number,
    });
  }
}
