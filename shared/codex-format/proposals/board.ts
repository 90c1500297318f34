/** What PROPOSED-TASKS.md, or somebody else's board, is read into. All spans are offsets into the file's bytes. */
import type { InvalidItem, RecordField, RecordProblem, Span } from "../records/record.ts";

/** `proposals` is our own; `document` and `empty` hold no cards. The first that fits decides for the file. */
export type BoardShape =
  | "proposals"
  | "task-headings"
  | "blocks"
  | "emoji"
  | "tables"
  | "checkboxes"
  | "lanes"
  | "empty"
  | "document";

export const PROPOSAL_STATUSES = ["proposed", "accepted", "in-progress", "done", "rejected", "superseded"] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export interface ChecklistItem {
  readonly text: string;
  readonly isChecked: boolean;
  /** What stands between the brackets, such as `x`. */
  readonly mark: string;
  /** Of that one character: see `toggleCheckbox`. */
  readonly span: Span;
}

export interface BoardSection {
  /** As written, without emoji. */
  readonly name: string;
  /** The text below its heading, without blank lines around it. */
  readonly text: string;
  readonly span: Span;
}

/** How a card says its status, which says how it is changed. */
export type StatusForm = "word" | "emoji" | "checkbox";

export type CardProblem =
  | RecordProblem
  | "missing-title"
  | "missing-status"
  | "missing-proposed-by"
  | "missing-date"
  | "unknown-status"
  | "wrong-date"
  /** Its key is not of the form that is written here. */
  | "foreign-key"
  | "unknown-field";

export interface BoardCard {
  readonly key?: string;
  readonly title: string;
  readonly status?: ProposalStatus;
  /** The status as written: a word, an emoji, or the mark of a checkbox. */
  readonly statusText?: string;
  readonly statusForm?: StatusForm;
  /** What `setProposalStatus` replaces; absent: the status cannot be changed here. */
  readonly statusSpan?: Span;
  /** The nearest heading above; none for our own records. */
  readonly lane?: string;
  readonly agent?: string;
  readonly proposedBy?: string;
  readonly date?: string;
  readonly priority?: string;
  /** Source as written. */
  readonly source?: string;
  /** Ids of feedback in Source (`fb-…`), in order, each once. */
  readonly feedback: readonly string[];
  readonly fields: readonly RecordField[];
  readonly sections: readonly BoardSection[];
  readonly checklist: readonly ChecklistItem[];
  readonly span: Span;
  /** The text of `span`. */
  readonly raw: string;
  readonly problems: readonly CardProblem[];
  /** Index in `cards` of the first card that may say the same. */
  readonly possibleDuplicateOf?: number;
}

export interface Board {
  readonly shape: BoardShape;
  /** A board of another form: only boxes and statuses can be changed, and no proposal can be added. */
  readonly isReadOnly: boolean;
  /** In the order of the file, each once; for `proposals` none. */
  readonly lanes: readonly string[];
  readonly cards: readonly BoardCard[];
  readonly invalid: readonly InvalidItem[];
}

/** What a proposal is written from. */
export interface NewProposal {
  readonly key: string;
  readonly title: string;
  readonly proposedBy: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly status?: ProposalStatus;
  readonly agent?: string;
  readonly priority?: string;
  /** Ids of feedback, or free text. */
  readonly source?: string;
  readonly goal?: string;
  readonly requirements?: readonly string[];
  readonly technicalNotes?: string;
  readonly outputFiles?: readonly string[];
  readonly promptNotes?: string;
  readonly completionCriteria?: readonly string[];
}
