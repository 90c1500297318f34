import { completeness } from "../../shared/codex-format/documents/completeness.ts";
import { firstSentence } from "../../shared/codex-format/documents/first-sentence.ts";
import { lintDocument } from "../../shared/codex-format/documents/lint-document.ts";
import type { DocumentSummary } from "../../shared/documents.ts";
import type { StoredDocument } from "../platform/store/document-store.ts";
import { documentKind } from "./document-names.ts";
import { readText } from "./document-text.ts";

/** What a list shows of a document, worked out from its content alone. */
export type DocumentFacts = Pick<
  DocumentSummary,
  "revision" | "firstSentence" | "completeness" | "findings" | "readOnly"
>;

export function documentFacts(document: StoredDocument): DocumentFacts {
  const { path, revision } = document;
  const kind = documentKind(path);
  const { text, isUtf8 } = readText(document.bytes);
  if (!path.endsWith(".md")) return { revision, firstSentence: "", findings: 0 };
  const isSectioned = kind === "prd" || kind === "architecture" || kind === "task";
  const { filled, total } = isSectioned ? completeness(text, kind) : { filled: 0, total: 0 };
  return {
    revision,
    firstSentence: firstSentence(text),
    findings: lintDocument(text, path).length,
    ...(isSectioned ? { completeness: { filled, total } } : {}),
    ...(isUtf8 ? {} : { readOnly: "not-utf8" as const }),
  };
}
