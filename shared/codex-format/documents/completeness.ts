import { knownSections, type SectionedKind, sectionName } from "./known-sections.ts";
import { type OutlineHeading, readOutline } from "./outline.ts";
import { replaceSpans } from "./replace-spans.ts";
import { looseSections } from "./section-synonyms.ts";
import { findTemplateSentences } from "./template-sentences.ts";

export interface SectionState {
  readonly name: string;
  readonly isPresent: boolean;
  /** It holds words of its own: no instruction of a template, no placeholder, not just sub-headings. */
  readonly isFilled: boolean;
}

export interface Completeness {
  readonly sections: readonly SectionState[];
  readonly filled: number;
  readonly total: number;
  /** Sections of the second level that hold words of their own, whatever they are called. */
  readonly own: number;
}

const PLACEHOLDERS = /\{\{[^{}]{0,200}\}\}|<(?:do not|your|add|insert|describe|list)\b[^<>]{0,200}>/gi;
const NOT_YET =
  /^(?:tbd|tba|todo|to do|n\/?a|none|nothing|coming soon|to be (?:defined|decided|determined|done|added|written))$/i;

/**
 * Which of the sections that a document of this kind has are there, and filled. Headings of any level count; what
 * stands below sub-headings belongs to the section. A name that stands there twice is filled when one of the two is.
 * A heading that has none of the names counts for the section that a person means by it ("Users" for "Target Users"),
 * where no heading has that section's own name; the document's title counts only by its exact name.
 */
export function completeness(text: string, kind: SectionedKind): Completeness {
  const headings = readOutline(text);
  const wanted = knownSections(kind).map(({ name }) => sectionName(name));
  const meantBy = looseSections(kind, wanted);
  const exact = new Set(headings.map((heading) => sectionName(heading.text)).filter((name) => wanted.includes(name)));
  const bodies = new Map<string, string[]>();
  headings.forEach((heading, index) => {
    const name = sectionName(heading.text);
    const meant = exact.has(name) || heading.level === 1 ? name : meantBy(name);
    if (meant === undefined || !wanted.includes(meant) || (meant !== name && exact.has(meant))) return;
    const known = bodies.get(meant) ?? [];
    known.push(ownText(text, headings, index));
    bodies.set(meant, known);
  });
  const sections = knownSections(kind).map(({ name }) => {
    const found = bodies.get(sectionName(name));
    return { name, isPresent: found !== undefined, isFilled: found?.some(holdsWords) ?? false };
  });
  const own = headings.filter(({ level }, index) => level === 2 && holdsWords(ownText(text, headings, index))).length;
  return { sections, filled: sections.filter(({ isFilled }) => isFilled).length, total: sections.length, own };
}

/** From a heading to the next one of its level or above, without the headings between. */
function ownText(text: string, headings: readonly OutlineHeading[], index: number): string {
  const { level, end } = headings[index] as OutlineHeading;
  const pieces: string[] = [];
  let done = end;
  for (let next = index + 1; ; next++) {
    const heading = headings[next];
    pieces.push(text.slice(done, heading?.offset ?? text.length));
    if (heading === undefined || heading.level <= level) return pieces.join("\n");
    done = heading.end;
  }
}

function holdsWords(body: string): boolean {
  const plain = withoutComments(body);
  const instructions = findTemplateSentences(plain).map((span) => ({ ...span, after: " " }));
  const own = replaceSpans(plain, instructions).replace(PLACEHOLDERS, " ");
  const words = own.replace(/[^\p{L}\p{N}/]+/gu, " ").trim();
  return /[\p{L}\p{N}]/u.test(words) && !NOT_YET.test(words);
}

/** No regular expression: many openings without an end would take quadratic time. */
function withoutComments(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (let start = text.indexOf("<!--"); start !== -1; start = text.indexOf("<!--", done)) {
    const end = text.indexOf("-->", start + 4);
    if (end === -1) break;
    pieces.push(text.slice(done, start));
    done = end + 3;
  }
  return pieces.join(" ") + text.slice(done);
}
