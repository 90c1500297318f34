import {
  ARCHITECTURE_SECTIONS,
  PRD_SECTIONS,
  type SectionTemplate,
  TASK_SECTIONS,
} from "../defaults/document-sections.ts";
import { repairMojibake } from "./mojibake.ts";

/** The documents whose sections are known. */
export type SectionedKind = "prd" | "architecture" | "task";

export function knownSections(kind: SectionedKind): readonly SectionTemplate[] {
  switch (kind) {
    case "prd":
      return PRD_SECTIONS;
    case "architecture":
      return ARCHITECTURE_SECTIONS;
    case "task":
      return TASK_SECTIONS;
  }
}

/**
 * What two headings of the same section have in common: without emoji (damaged ones too), numbers in front, emphasis,
 * "(…)", case and the colon at the end; "and" is "&".
 */
export function sectionName(heading: string): string {
  return (repairMojibake(heading)?.text ?? heading)
    .replace(/\([^()]*\)/g, "")
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0e|\ufe0f|\u20e3/gu, "")
    .replace(/[*_`]/g, "")
    .replace(/^\s*(?:\d{1,3}[.)]?\s+)?/, "")
    .replace(/:\s*$/, "")
    .replace(/\band\b/gi, "&")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
