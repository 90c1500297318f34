/** Statuses of proposals, and how other boards say them. */
import { comparableName } from "../records/names.ts";
import { PROPOSAL_STATUSES, type ProposalStatus, type StatusForm } from "./board.ts";

const NEXT: Readonly<Record<ProposalStatus, readonly ProposalStatus[]>> = {
  proposed: ["accepted", "rejected", "superseded"],
  accepted: ["in-progress", "proposed", "rejected", "superseded"],
  "in-progress": ["done", "accepted", "rejected", "superseded"],
  done: ["superseded"],
  rejected: ["proposed"],
  superseded: ["proposed"],
};

const WORDS: Readonly<Record<ProposalStatus, readonly string[]>> = {
  proposed: [
    "proposed",
    "todo",
    "to do",
    "to-do",
    "open",
    "new",
    "planned",
    "pending",
    "backlog",
    "not started",
    "idea",
  ],
  accepted: ["accepted", "approved", "ready", "next"],
  "in-progress": ["in-progress", "in progress", "in_progress", "doing", "started", "active", "wip", "ongoing"],
  done: ["done", "complete", "completed", "finished", "closed", "implemented", "shipped"],
  rejected: ["rejected", "declined", "cancelled", "canceled", "wontfix", "won't do", "dropped"],
  superseded: ["superseded", "replaced", "obsolete", "duplicate"],
};

/** The first emoji is the one that we write. */
const EMOJI: readonly (readonly [string, ProposalStatus])[] = [
  ["🕒", "proposed"],
  ["🚧", "in-progress"],
  ["✅", "done"],
  ["❌", "rejected"],
];

const MARKS: ReadonlyMap<string, ProposalStatus> = new Map(
  Object.entries({
    " ": "proposed",
    x: "done",
    X: "done",
    "~": "in-progress",
    "-": "rejected",
  }),
);

/** What a proposal may become; without a known status only `proposed`. `done` needs a log entry that names it. */
export function nextStatuses(status: ProposalStatus | undefined): readonly ProposalStatus[] {
  return status === undefined ? ["proposed"] : NEXT[status];
}

/** The statuses that can be written in a form at all. */
export function writableStatuses(form: StatusForm): readonly ProposalStatus[] {
  if (form === "word") return PROPOSAL_STATUSES;
  return form === "emoji" ? EMOJI.map(([, status]) => status) : ["proposed", "in-progress", "done", "rejected"];
}

/** A status as one of our own words, exactly. */
export function exactStatus(text: string): ProposalStatus | undefined {
  return PROPOSAL_STATUSES.find((status) => status === text);
}

/** A status as people write it: a word in any case, with an emoji or a remark in brackets, or an emoji alone. */
export function statusOfWord(text: string): ProposalStatus | undefined {
  const word = comparableName(text.slice(0, 200));
  return PROPOSAL_STATUSES.find((status) => WORDS[status].includes(word)) ?? statusEmoji(text)?.status;
}

/** What the character between the brackets of a check box says. */
export function statusOfMark(mark: string): ProposalStatus | undefined {
  return MARKS.get(mark);
}

/** Undefined for a status that no check box can show. */
export function markOfStatus(status: ProposalStatus): string | undefined {
  return [...MARKS].find(([, known]) => known === status)?.[0];
}

/** The status emoji that the text starts with; `length` in UTF-16 units, with the variation selector behind it. */
export function statusEmoji(text: string): { status: ProposalStatus; length: number } | undefined {
  const found = EMOJI.find(([emoji]) => text.startsWith(emoji));
  if (found === undefined) return undefined;
  const length = found[0].length;
  return { status: found[1], length: text[length] === "\ufe0f" ? length + 1 : length };
}

/** Undefined for a status that has no emoji. */
export function emojiOfStatus(status: ProposalStatus): string | undefined {
  return EMOJI.find(([, known]) => known === status)?.[0];
}
