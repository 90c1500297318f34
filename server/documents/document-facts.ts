import type { DocumentSummary } from "../../shared/documents.ts";
import type { StoredDocument } from "../platform/store/document-store.ts";
import { documentKind } from "./document-names.ts";
import type { DocumentReaders } from "./document-readers.ts";
import { readText } from "./document-text.ts";
import { isParsed } from "./parsed-bounds.ts";

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

export function documentFacts(document: StoredDocument, readers: DocumentReaders): DocumentFacts {
  const { path, revision, bytes } = document;
  if (path.endsWith(".md") && bytes.length > mostTextBytes) {
    return { revision, firstSentence: "", findings: 0, readOnly: "too-large" };
  }
  if (!path.endsWith(".md")) return { revision, firstSentence: "", findings: 0 };
  const { firstSentence, findingCount, completeness } = readers.analyze(document);
  const counts = completeness ?? countsOf(document, readers);
  const own = completeness === undefined ? {} : { own: completeness.own };
  return {
    revision,
    firstSentence,
    findings: findingCount,
    ...(counts === undefined ? {} : { completeness: { filled: counts.filled, total: counts.total, ...own } }),
    ...(readText(bytes).isUtf8 ? {} : { readOnly: "not-utf8" as const }),
  };
}

/** Of a roster and a board the items that were read and all. */
function countsOf(document: StoredDocument, readers: DocumentReaders): DocumentSummary["completeness"] {
  if (!isParsed(document.bytes)) return undefined;
  switch (documentKind(document.path)) {
    case "roster": {
      const { kind: form, agents, invalid } = readers.parseRoster(document);
      return form === "instructions" ? undefined : { filled: agents.length, total: agents.length + invalid.length };
    }
    case "proposals": {
      const { shape, cards, invalid } = readers.parseBoard(document);
      return shape === "document" ? undefined : { filled: cards.length, total: cards.length + invalid.length };
    }
    default:
      return undefined;
  }
}
