import { type ScannedLine, scanLines } from "../../chat-format/scanned-lines.ts";
import { findClosingRemark } from "./closing-remark.ts";
import { classifyCodexPath } from "./codex-path.ts";
import type { DocumentFinding, LintCode } from "./document-finding.ts";
import { sectionName } from "./known-sections.ts";
import { maskCode, maskCodeBlocks } from "./mask-code.ts";
import { mojibakeSpans } from "./mojibake.ts";
import { outlineOf } from "./outline.ts";
import { findTemplateSentences } from "./template-sentences.ts";
import type { TextSpan } from "./text-span.ts";
import { unwrapDocument } from "./unwrap-document.ts";

/** A finding before its line and excerpt are looked up. */
interface Found extends TextSpan {
  readonly code: LintCode;
  readonly after?: string;
}

const PLACEHOLDER = /\{\{[^{}\r\n]{0,200}\}\}/g;
const INSTRUCTION = /<[ \t]*do not (?:modify|change|edit|remove)\b[^<>\r\n]{0,200}>/gi;
const EXCERPT_LENGTH = 120;

const REASONS: Readonly<Record<LintCode, string>> = {
  "template-title": "The title is still that of the template. Name the document.",
  "template-sentence": "This sentence is an instruction of the template. Replace it with what it asks for.",
  placeholder: "A placeholder was not filled in.",
  instruction: "This note of the template is for its reader, not for the document. Take it out.",
  "whole-file-fenced": "The whole file is one code fence, so it shows as code. Take the fence off.",
  "closing-remark": "This talks about the document, behind its last section. Take it out.",
  mojibake: "These characters were read in a wrong encoding once. The repair is exact.",
};

/**
 * What is wrong with a document that was made from a template or by a model; in the order of the text. Only for
 * documents: prompts, templates, sub-agents, logs and files of other programs hold all of this by nature. Spans are
 * UTF-16 offsets. Nothing is ever changed by it.
 */
export function lintDocument(text: string, path: string): readonly DocumentFinding[] {
  if (!isLinted(path)) return [];
  const lines = scanLines(text);
  const masked = maskCode(text, lines);
  const found: Found[] = [
    ...templateTitle(lines),
    ...findTemplateSentences(maskCodeBlocks(text, lines)).map((span) => ({
      ...span,
      code: "template-sentence" as const,
    })),
    ...matches(masked, PLACEHOLDER, "placeholder"),
    ...matches(masked, INSTRUCTION, "instruction"),
    ...wholeFileFenced(text, lines),
    ...findClosingRemark(lines).map((span) => ({ ...span, code: "closing-remark" as const })),
    ...mojibakeSpans(text).map(({ start, end, after }) => ({ start, end, after, code: "mojibake" as const })),
  ];
  return placed(text, lines, found);
}

function isLinted(path: string): boolean {
  const kind = classifyCodexPath(path);
  const isDocument = kind === undefined || !["prompt", "template", "foreign", "secret", "task-log"].includes(kind);
  return isDocument && /\.md$/i.test(path);
}

function templateTitle(lines: readonly ScannedLine[]): Found[] {
  const title = outlineOf(lines).find(({ level }) => level === 1);
  if (title === undefined || !/\btemplate$/.test(sectionName(title.text))) return [];
  return [{ code: "template-title", start: title.offset, end: withoutLineEnd(lines, title.end) }];
}

function wholeFileFenced(text: string, lines: readonly ScannedLine[]): Found[] {
  if (unwrapDocument(text)?.isClosed !== true) return [];
  const opening = lines.find((line) => line.text.trim() !== "");
  return opening === undefined
    ? []
    : [{ code: "whole-file-fenced", start: opening.start, end: opening.start + opening.text.length }];
}

function matches(text: string, pattern: RegExp, code: LintCode): Found[] {
  return [...text.matchAll(pattern)].map(({ 0: whole, index }) => ({ code, start: index, end: index + whole.length }));
}

function placed(text: string, lines: readonly ScannedLine[], found: readonly Found[]): DocumentFinding[] {
  let line = 0;
  return found
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .map(({ code, start, end, after }) => {
      while ((lines[line]?.end ?? Number.POSITIVE_INFINITY) <= start) line++;
      const excerpt = text
        .slice(start, Math.min(end, start + EXCERPT_LENGTH))
        .replace(/\s+/g, " ")
        .toWellFormed();
      const place = { code, line: line + 1, span: { start, end } };
      return { ...place, reason: REASONS[code], excerpt, ...(after !== undefined && { after }) };
    });
}

function withoutLineEnd(lines: readonly ScannedLine[], end: number): number {
  const line = lines.find((each) => each.end === end);
  return line === undefined ? end : line.start + line.text.length;
}
