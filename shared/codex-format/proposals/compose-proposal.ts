/** Proposals as text: what we write is harmless in the file, whatever the texts hold. */
import { concatBytes, decodeText, encodeText } from "../../chat-format/bytes.ts";
import { appendRecord } from "../records/edit-records.ts";
import { oneLine, safeBlock } from "../records/plain-text.ts";
import { RECORD_KEY } from "../records/record-head.ts";
import type { NewProposal } from "./board.ts";
import { BOARD_PREAMBLE } from "./board-preamble.ts";
import { feedbackIds } from "./card-fields.ts";
import { readBoard } from "./read-board.ts";

const BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
const KEY_LENGTH = 6;
const BYTE_ORDER_MARK_AT_MOST = 3;

/** `pt-` and six random characters of base 32. `randomBytes` gives that many random bytes. */
export function newProposalKey(randomBytes: (count: number) => Uint8Array): string {
  return `pt-${[...randomBytes(KEY_LENGTH)].map((byte) => BASE_32[byte & 31]).join("")}`;
}

/**
 * Appends a proposal; the old bytes stay as the start of the new ones. A file without bytes gets its preamble first.
 * Undefined when the file is a board of another form, which is read-only. Throws RangeError for a key that no head can
 * hold.
 */
export function appendProposal(bytes: Uint8Array, proposal: NewProposal): Uint8Array | undefined {
  if (readBoard(bytes).isReadOnly) return undefined;
  const isNew = bytes.length <= BYTE_ORDER_MARK_AT_MOST && decodeText(bytes).trim() === "";
  const start = isNew ? concatBytes([bytes, encodeText(BOARD_PREAMBLE)]) : bytes;
  return appendRecord(start, proposalText(proposal));
}

/** One record, without a line end at its end. */
function proposalText(proposal: NewProposal): string {
  if (!RECORD_KEY.test(proposal.key)) throw new RangeError(`Not a key of a proposal: ${proposal.key}`);
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["Status", proposal.status ?? "proposed"],
    ["Agent", ticked(proposal.agent)],
    ["Proposed by", ticked(proposal.proposedBy)],
    ["Date", proposal.date],
    ["Priority", proposal.priority],
    ["Source", proposal.source === undefined ? undefined : sourceText(proposal.source)],
  ];
  const bullets = fields.flatMap(([name, value]) => (value ? [`- **${name}:** ${oneLine(value)}`] : []));
  const sections = sectionsOf(proposal).flatMap(([name, text]) => (text === "" ? [] : [`### ${name}\n${text}`]));
  const head = `## Task: \`${proposal.key}\` — ${oneLine(proposal.title)}`;
  return [head, bullets.join("\n"), ...sections].join("\n\n");
}

function sectionsOf(proposal: NewProposal): readonly (readonly [string, string])[] {
  return [
    ["Goal", safeBlock(proposal.goal ?? "")],
    ["Requirements", list(proposal.requirements, "- ")],
    ["Technical Notes", safeBlock(proposal.technicalNotes ?? "")],
    ["Output Files", list(proposal.outputFiles?.map(ticked), "- ")],
    ["Prompt Notes", safeBlock(proposal.promptNotes ?? "")],
    ["Completion Criteria", list(proposal.completionCriteria, "- [ ] ")],
  ];
}

/** An item a line. */
function list(items: readonly (string | undefined)[] | undefined, mark: string): string {
  const texts = (items ?? []).map((item) => oneLine(item ?? "")).filter((text) => text !== "");
  return safeBlock(texts.map((text) => `${mark}${text}`).join("\n"));
}

function ticked(text: string | undefined): string | undefined {
  const word = oneLine(text ?? "").replaceAll("`", "");
  return word === "" ? undefined : `\`${word}\``;
}

/** Ids of feedback alone are named as such. */
function sourceText(source: string): string {
  const ids = feedbackIds(source);
  const rest = source.replace(/fb-[a-z0-9]+/g, "").replace(/[\s,`]/g, "");
  return ids.length > 0 && rest === "" ? `feedback ${ids.map((id) => `\`${id}\``).join(", ")}` : source;
}
