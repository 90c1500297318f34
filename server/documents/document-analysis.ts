import { type Completeness, completeness } from "../../shared/codex-format/documents/completeness.ts";
import { firstSentence } from "../../shared/codex-format/documents/first-sentence.ts";
import { lintDocument } from "../../shared/codex-format/documents/lint-document.ts";
import { readOutline } from "../../shared/codex-format/documents/outline.ts";
import type { DocumentFinding, OutlineHeading } from "../../shared/documents.ts";
import type { StoredDocument } from "../platform/store/document-store.ts";
import { documentKind } from "./document-names.ts";
import { readText } from "./document-text.ts";
import { isParsed, tooLargeToParse } from "./parsed-bounds.ts";

/** What is read out of a Markdown document's text alone. */
export interface DocumentAnalysis {
  readonly firstSentence: string;
  readonly outline: readonly OutlineHeading[];
  /** Of documents with known sections. */
  readonly completeness?: Completeness;
  /** The first thousand. */
  readonly findings: readonly DocumentFinding[];
  /** How many there are. */
  readonly findingCount: number;
}

/** Documents are looked through once for each content: a list and a view ask for the same one after the other. */
export type AnalysisCache = (document: StoredDocument) => DocumentAnalysis;

const mostKept = 32;
const mostFindings = 1_000;

export function createAnalysisCache(): AnalysisCache {
  const known = new Map<string, { readonly revision: string; readonly analysis: DocumentAnalysis }>();
  return (document) => {
    const { path, revision } = document;
    const held = known.get(path);
    const analysis = held?.revision === revision ? held.analysis : analyze(document);
    known.delete(path);
    known.set(path, { revision, analysis });
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return analysis;
  };
}

function analyze({ path, bytes }: StoredDocument): DocumentAnalysis {
  const { text } = readText(bytes);
  if (!isParsed(bytes)) {
    return { firstSentence: firstSentence(text), outline: [], findings: [notLookedThrough], findingCount: 1 };
  }
  const kind = documentKind(path);
  const isSectioned = kind === "prd" || kind === "architecture" || kind === "task";
  const findings = lintDocument(text, path);
  return {
    firstSentence: firstSentence(text),
    outline: readOutline(text).map(({ level, text: title, line }) => ({ level, text: title, line })),
    ...(isSectioned ? { completeness: completeness(text, kind) } : {}),
    findings: findings.slice(0, mostFindings).map(({ code, line, span, reason, excerpt, after }) => ({
      ...{ code, line, reason, excerpt },
      ...(after === undefined ? {} : { repair: { before: text.slice(span.start, span.end), after } }),
    })),
    findingCount: findings.length,
  };
}

const notLookedThrough: DocumentFinding = {
  code: "too-large",
  line: 1,
  reason: `${tooLargeToParse}: shown, but not looked through. It has no outline, and nothing in it was checked.`,
  excerpt: "",
};
