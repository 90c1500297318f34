import type { DocumentSummary } from "../../shared/documents.ts";
import { counted } from "../ui/number-words.ts";

type Fill = NonNullable<DocumentSummary["completeness"]>;

/** The document has sections of its own, and few of the template's: the template is no measure of it. */
export function isOwnForm({ filled, total, own = 0 }: Fill): boolean {
  return own > filled && filled * 2 < total;
}

/** How much of a document with known sections is filled. */
export function fillWords(fill: Fill): string {
  if (isOwnForm(fill)) return `${counted(fill.own ?? 0, "section", "sections")} filled`;
  return `${fill.filled} of ${fill.total} sections filled`;
}
