/** The files under `.codex/` (and the few of them that may lie at the root) as the browser and the server speak of them. */
import { z } from "zod";
import type { CodexPathKind } from "./codex-format/documents/codex-path.ts";

/** A path relative to the workspace, with `/`. The store refuses everything that leads out of it. */
export const documentPathSchema = z.string().min(1).max(1000);
/** Lower-case hexadecimal SHA-256 of the bytes that the writer has seen; null: the file must not exist. */
const baseSchema = z.string().length(64).nullable();

/** What a document is by its path; what is secret is none. */
export type DocumentKind = Exclude<CodexPathKind, "secret">;

export interface DocumentSummary {
  readonly path: string;
  /** The file's name without `.md` or `.json`. */
  readonly name: string;
  readonly kind: DocumentKind;
  readonly size: number;
  /** RFC 3339. */
  readonly modified: string;
  readonly revision: string;
  /** Why it cannot be changed here, when it cannot. */
  readonly readOnly?: "foreign" | "not-utf8" | "too-large" | "unreadable" | "second-choice";
  /** First sentence of its text. */
  readonly firstSentence: string;
  /** Filled and known sections; for the log, roster and proposals valid and all items. */
  readonly completeness?: {
    readonly filled: number;
    readonly total: number;
    /** Filled sections of its own, whatever they are called; of documents with known sections. */
    readonly own?: number;
  };
  /** How many findings the lint has. */
  readonly findings: number;
  /** Who wrote the version that is there now, as far as Folio knows. */
  readonly lastChange?: DocumentChange;
}

/** Who made a version of a document. `outside`: an editor, git, another program. */
export interface DocumentChange {
  readonly by: "agent" | "person" | "outside";
  /** RFC 3339; for `outside` when it was seen. */
  readonly at: string;
  readonly agent?: string;
  readonly runId?: string;
  readonly taskId?: string;
  /** The `ref` of the log entry that tells of it. */
  readonly logRef?: string;
  readonly summary?: string;
}

export interface DocumentFinding {
  readonly code: string;
  /** From 1. */
  readonly line: number;
  readonly reason: string;
  readonly excerpt: string;
  /** What an exact repair would put in its place; absent: a person decides. */
  readonly repair?: { readonly before: string; readonly after: string };
}

export interface OutlineHeading {
  readonly level: number;
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export interface DocumentView extends DocumentSummary {
  readonly text: string;
  readonly outline: readonly OutlineHeading[];
  readonly sections: readonly { readonly name: string; readonly isPresent: boolean; readonly isFilled: boolean }[];
  readonly findingsList: readonly DocumentFinding[];
  readonly versionCount: number;
  /** Where it lies, absolute. */
  readonly file: string;
}

export interface DocumentsView {
  readonly folder: ".codex";
  /** Whether `.codex/` is there. */
  readonly exists: boolean;
  readonly documents: readonly DocumentSummary[];
  /** Codex CLI's own sub-agents (`.codex/agents/*.toml`), read-only. */
  readonly codexAgents: readonly { readonly path: string; readonly name: string; readonly description: string }[];
  /** What was not read and why: links, secrets, files that are too large. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  /** Standard documents that are not there; the page offers them. */
  readonly missing: readonly string[];
}

export interface DocumentVersion extends DocumentChange {
  readonly revision: string;
  readonly size: number;
  readonly added: number;
  readonly removed: number;
  readonly isCurrent: boolean;
}

export const writeDocumentSchema = z.strictObject({
  path: documentPathSchema,
  text: z.string().max(4 * 1024 * 1024),
  base: baseSchema,
});
export type WriteDocument = z.infer<typeof writeDocumentSchema>;

/** Puts an older version back as a new one; the log tells of it. */
export const revertDocumentSchema = z.strictObject({
  path: documentPathSchema,
  revision: z.string().length(64),
  base: baseSchema,
});
export type RevertDocument = z.infer<typeof revertDocumentSchema>;

/** Applies the exact repairs (mojibake) of the named lines, or of all when `lines` is absent. */
export const repairDocumentSchema = z.strictObject({
  path: documentPathSchema,
  base: baseSchema,
  lines: z.array(z.number().int().positive()).max(10_000).optional(),
});
export type RepairDocument = z.infer<typeof repairDocumentSchema>;

/** What a write answers. 409 `stale` says `facts.revision` of what is there now (absent: it is gone). */
export interface DocumentWritten {
  readonly path: string;
  readonly revision: string;
}
