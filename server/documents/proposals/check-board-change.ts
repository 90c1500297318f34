import type { Board, BoardCard } from "../../../shared/codex-format/proposals/board.ts";
import { nextStatuses } from "../../../shared/codex-format/proposals/board-status.ts";
import { readBoard } from "../../../shared/codex-format/proposals/read-board.ts";
import { readRecords } from "../../../shared/codex-format/records/read-records.ts";
import { isParsed } from "../parsed-bounds.ts";

/**
 * Why an agent may not make the board `next`: it adds records and changes statuses; taking away and rewriting is for a
 * person, and `done` comes with a log entry. Undefined when it may.
 */
export function checkBoardChange(old: string, next: string): string | undefined {
  if (!isParsed(new TextEncoder().encode(next))) return "The board would be too large to be read.";
  const [before, after] = [read(old), read(next)];
  if (!isOwn(before.board) && before.board.shape !== "document")
    return "The board has another form, which only a person changes.";
  if (!isOwn(after.board)) return "The answer is no board of proposals.";
  const missing = before.texts.find((text) => !after.whole.includes(text));
  if (missing !== undefined) return `Text of the board is gone: “${missing.slice(0, 80)}”.`;
  const added = [...after.board.cards];
  for (const card of before.board.cards) {
    const at = added.findIndex((candidate) => candidate.key === card.key);
    const found = added[at];
    if (found === undefined) return `The proposal ${card.key} is gone.`;
    added.splice(at, 1);
    if (withoutStatus(card) !== withoutStatus(found)) return `The proposal ${card.key} was changed beyond its status.`;
    const refusal = refusedStatus(card, found);
    if (refusal !== undefined) return refusal;
  }
  const finished = added.find(({ status }) => status === "done");
  return finished === undefined ? undefined : `The new proposal ${finished.key} is done already.`;
}

interface ReadBoard {
  readonly board: Board;
  readonly whole: string;
  /** What stands outside of the records, piece by piece. */
  readonly texts: readonly string[];
}

function read(text: string): ReadBoard {
  const whole = text.replaceAll("\r\n", "\n");
  const bytes = new TextEncoder().encode(whole);
  const { preamble, pieces } = readRecords(bytes, "Task");
  const spans = [preamble, ...pieces.filter(({ type }) => type !== "record").map(({ span }) => span)];
  const texts = spans.map(({ start, end }) => trimmed(new TextDecoder().decode(bytes.subarray(start, end))));
  return { board: readBoard(bytes), whole, texts: texts.filter((each) => each !== "") };
}

function isOwn({ shape }: Board): boolean {
  return shape === "proposals" || shape === "empty";
}

/** The `---` between two records belongs to nobody. */
function trimmed(text: string): string {
  return text.replace(/(\s*^ {0,3}-{3,}[ \t]*$)+\s*$/m, "").trim();
}

function withoutStatus({ raw, fields }: BoardCard): string {
  const status = fields.find(({ name }) => name.toLowerCase() === "status");
  const plain = raw.replaceAll("\r\n", "\n");
  if (status === undefined) return trimmed(plain);
  return trimmed(plain.replace(/^- \*\*Status(?::\*\*|\*\*:).*$/im, ""));
}

function refusedStatus(old: BoardCard, now: BoardCard): string | undefined {
  if (old.status === now.status && old.statusText === now.statusText) return undefined;
  if (now.status === "done") return `The proposal ${old.key} is done without an entry in the task log.`;
  const isAllowed = now.status !== undefined && nextStatuses(old.status).includes(now.status);
  return isAllowed ? undefined : `The proposal ${old.key} cannot become “${now.statusText ?? ""}”.`;
}
