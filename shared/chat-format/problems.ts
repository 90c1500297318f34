/** Everything about a file that had to be repaired or cannot be trusted, with the line it stands in. */
import { countLineFeeds, decodeStrictly, firstLineNotUtf8 } from "./bytes.ts";
import type { Conversation, ConversationProblem, ProblemReason } from "./conversation.ts";
import { type ConversationSource, firstUnit } from "./conversation-source.ts";
import { conflictLine } from "./document.ts";
import { FORMAT } from "./front-matter.ts";
import type { MessageTree } from "./message-tree.ts";
import { readPreamble } from "./preamble.ts";
import type { ResolvedId, ResolvedIds } from "./resolve-ids.ts";
import type { Unit } from "./unit.ts";

/** What had to be repaired while reading, each with its line. */
export function findProblems(
  source: ConversationSource,
  ids: ResolvedIds,
  tree: MessageTree,
): readonly ConversationProblem[] {
  const { document, messages } = source;
  const lines = unitLines(source);
  const problems = [...fileProblems(source)];
  const add = (unit: number, reason: ProblemReason, detail?: string) => {
    problems.push({ line: lines[unit] ?? 1, reason, ...(detail !== undefined && { detail }) });
  };
  messages.forEach((message, index) => {
    const unit = firstUnit(message);
    if (message.own === undefined) add(unit, "orphan-part");
    const own = message.own === undefined ? undefined : document.units[message.own];
    if (own !== undefined) addIdProblem(add, unit, own, ids.messages[index]);
    if (own !== undefined && !own.attributes.get("role")) add(unit, "no-role");
    for (const part of message.parts) addIdProblem(add, part, document.units[part], ids.parts.get(part));
  });
  for (const { index, reason } of tree.problems) {
    const message = messages[index];
    if (message === undefined) continue;
    add(firstUnit(message), reason, document.units[firstUnit(message)]?.attributes.get("parent"));
  }
  document.units.forEach((unit, index) => {
    for (const problem of unitProblems(unit)) {
      problems.push({ line: (lines[index] ?? 1) + problem.offset, reason: problem.reason });
    }
  });
  return problems.sort((left, right) => left.line - right.line);
}

/** The lines of the marker of each part of each message, from 1. */
export function partLines({ source }: Conversation): readonly (readonly number[])[] {
  const lines = unitLines(source);
  return source.messages.map(({ parts }) => parts.map((part) => lines[part] ?? 1));
}

type AddProblem = (unit: number, reason: ProblemReason, detail?: string) => void;

function addIdProblem(add: AddProblem, index: number, unit: Unit | undefined, id: ResolvedId | undefined): void {
  if (id?.problem !== undefined) add(index, id.problem, unit?.attributes.get("id"));
}

/** The line of each unit's marker. */
function unitLines({ document }: ConversationSource): number[] {
  let line = 1 + countLineFeeds(document.preamble) + (document.front ? countLineFeeds(document.front.bytes) : 0);
  return document.units.map(({ lineCount }) => {
    const own = line;
    line += lineCount;
    return own;
  });
}

function fileProblems({ document }: ConversationSource): ConversationProblem[] {
  const { front, hasInvalidFront, preamble } = document;
  const problems: ConversationProblem[] = [];
  if (hasInvalidFront) problems.push({ line: 1, reason: "front-invalid" });
  const conflict = conflictLine(document);
  if (conflict !== undefined) problems.push({ line: conflict, reason: "conflict" });
  const format = front?.entries.get("format");
  if (format !== undefined && format !== FORMAT) problems.push({ line: 1, reason: "other-format", detail: format });
  if (front !== undefined && decodeStrictly(front.bytes) === undefined) {
    problems.push({ line: 1 + firstLineNotUtf8(front.bytes), reason: "not-utf8" });
  }
  const { badLine } = readPreamble(preamble);
  const frontLines = front === undefined ? 0 : countLineFeeds(front.bytes);
  if (badLine !== undefined) problems.push({ line: 1 + frontLines + badLine, reason: "not-utf8" });
  return problems;
}

function unitProblems(unit: Unit): { readonly offset: number; readonly reason: ProblemReason }[] {
  const { attributes, bytes } = unit;
  const problems: { offset: number; reason: ProblemReason }[] = [];
  const source = unit.kind === "part" ? attributes.get("src") : undefined;
  if (source !== undefined && !isSideFile(source)) problems.push({ offset: 0, reason: "src" });
  const isLayered = attributes.has("eol") || attributes.has("enc") || attributes.has("wrap");
  if (!isLayered && decodeStrictly(bytes) !== undefined) return problems;
  const bodyOffset = countLineFeeds(bytes.subarray(0, unit.bodyStart));
  for (const { reason, lineOffset } of unit.content().problems) {
    problems.push({ offset: lineOffset === undefined ? 0 : bodyOffset + lineOffset, reason });
  }
  return problems;
}

/** A side file lies in the conversation's own folder: `<name>.files/…`, never above it and never elsewhere. */
function isSideFile(path: string): boolean {
  const [folder = "", ...names] = path.split("/");
  if (!folder.endsWith(".files") || folder === ".files" || names.length === 0) return false;
  return names.every((name) => name !== "" && name !== "." && name !== ".." && !/[\\:\p{Cc}]/u.test(name));
}
