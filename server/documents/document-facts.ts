import { completeness } from "../../shared/codex-format/documents/completeness.ts";
import { firstSentence } from "../../shared/codex-format/documents/first-sentence.ts";
import { lintDocument } from "../../shared/codex-format/documents/lint-document.ts";
import { readBoard } from "../../shared/codex-format/proposals/read-board.ts";
import { readRoster } from "../../shared/codex-format/roster/read-roster.ts";
import type { DocumentSummary } from "../../shared/documents.ts";
import type { StoredDocument } from "../platform/store/document-store.ts";
import { documentKind } from "./document-names.ts";
import { readText } from "./document-text.ts";

/**
 * A larger text is neither sent nor looked through nor changed: a task log is seen entry by entry, nobody edits
 * megabytes in a page, and everybody else would wait meanwhile.
 */
export const mostTextBytes = 4 * 1024 * 1024;

/** What a list shows of a document, worked out from its content alone. */
export type DocumentFacts = Pick<
  DocumentSummary,
  "revision" | "firstSentence" | "completeness" | "findings" | "readOnly"
>;

export function documentFacts(document: StoredDocument): DocumentFacts {
  const { path, revision, bytes } = document;
  if (path.endsWith(".md") && bytes.length > mostTextBytes) {
    return { revision, firstSentence: "", findings: 0, readOnly: "too-large" };
  }
  const { text, isUtf8 } = readText(bytes);
  if (!path.endsWith(".md")) return { revision, firstSentence: "", findings: 0 };
  const counts = countsOf(document, text);
  return {
    revision,
    firstSentence: firstSentence(text),
    findings: lintDocument(text, path).length,
    ...(counts === undefined ? {} : { completeness: { filled: counts.filled, total: counts.total } }),
    ...(isUtf8 ? {} : { readOnly: "not-utf8" as const }),
  };
}

/** Filled and known sections, or of a roster and a board the items that were read and all. */
function countsOf({ path, bytes }: StoredDocument, text: string): DocumentSummary["completeness"] {
  const kind = documentKind(path);
  switch (kind) {
    case "prd":
    case "architecture":
    case "task":
      return completeness(text, kind);
    case "roster": {
      const { kind: form, agents, invalid } = readRoster(bytes, path);
      return form === "instructions" ? undefined : { filled: agents.length, total: agents.length + invalid.length };
    }
    case "proposals": {
      const { shape, cards, invalid } = readBoard(bytes);
      return shape === "document" ? undefined : { filled: cards.length, total: cards.length + invalid.length };
    }
    default:
      return undefined;
  }
}
