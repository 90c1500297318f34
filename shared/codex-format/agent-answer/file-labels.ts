/** Answers that are not a document but files with their names, as models give when they think of a repository. */
import { type ScannedLine, scanLines } from "../../chat-format/scanned-lines.ts";
import { closingFence, readFenceLine } from "../documents/fence-line.ts";

export interface LabelledFile {
  readonly path: string;
  readonly text: string;
}

/** A line that names one file and says nothing else. */
interface Label {
  readonly path: string;
  /** It says that it names a file (`File: x`), or rules frame it (`=== x ===`): it can part files without fences. */
  readonly isDivider: boolean;
}

const FILE_NAME = /^[\w.\-/\\]+\.(?:md|json|jsonl|ya?ml|toml|txt|tsx?|jsx?|py|sh)$/i;
/** What a line that says `File:` names, whatever its ending: `.git/hooks/pre-commit`. */
const FILE_PATH = /^[\w.-]*(?:[/\\][\w.-]+)+$/;
const MARKS_BEFORE = /^[#*_`"'=<!>\s-]+/;
const NUMBER = /^\d{1,2}[.)]\s+/;
const FILE_WORD = /^(?:(?:updated|new|target|output)\s+)?(?:file\s?name|file\s?path|file|path|filename|document)\s*:/i;
const LABEL_LENGTH = 200;
/** A sentence that leads to what follows. */
const LEAD_IN = /^(?![#|>-])[^\n]{0,200}:\**$/;
/** What prompts elsewhere ask for behind the file: a line for the log. */
const SUMMARY = /^(?:\d{1,2}[.)]\s+)?[*_]*(?:summary|log entry|log line|summary line)\b[^\n]{0,600}$/i;
const RULE = /^(?:[-*_]{3,})?$/;

/**
 * The files that an answer consists of: labelled fences with nothing but labels, rules and lead-ins between them, or
 * texts that each begin with a dividing line which names a file, from the first line on. Undefined: the answer is a
 * document, whatever files its text and its examples name.
 */
export function readLabelledFiles(text: string): readonly LabelledFile[] | undefined {
  const lines = scanLines(text);
  return fencedFiles(text, lines) ?? dividedFiles(text, lines);
}

function fencedFiles(text: string, lines: readonly ScannedLine[]): readonly LabelledFile[] | undefined {
  const files: LabelledFile[] = [];
  let label: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as ScannedLine;
    const fence = readFenceLine(line.text);
    if (fence === undefined) {
      const own = readLabel(line.text);
      const isAfterFile = files.length > 0 && SUMMARY.test(line.text.trim());
      if (own === undefined && !isAfterFile && !isBetweenFiles(line.text.trim())) return undefined;
      label = own?.path ?? label;
      continue;
    }
    const path = pathInInfo(fence.info) ?? label;
    if (path === undefined) return undefined;
    const close = closingFence(lines, index);
    const end = close === -1 ? lines.length : close;
    files.push({ path, text: text.slice(line.end, lines[end]?.start ?? text.length) });
    label = undefined;
    index = end;
  }
  return files.length > 0 && label === undefined ? files : undefined;
}

function dividedFiles(text: string, lines: readonly ScannedLine[]): readonly LabelledFile[] | undefined {
  const dividers = lines.flatMap((line) => {
    const label = line.kind === "code" ? undefined : readLabel(line.text);
    return label?.isDivider === true ? [{ path: label.path, line }] : [];
  });
  const first = lines.find((line) => line.text.trim() !== "");
  if (first === undefined || dividers[0]?.line !== first) return undefined;
  return dividers.map(({ path, line }, index) => ({
    path,
    text: text.slice(line.end, dividers[index + 1]?.line.start ?? text.length),
  }));
}

/** `**File:** x`, `### 1. x`, `<!-- x -->`, `=== x ===`: a path and what people put around it. */
function readLabel(line: string): Label | undefined {
  const trimmed = line.trim();
  if (trimmed.length > LABEL_LENGTH) return undefined;
  const words = withoutMarks(withoutMarks(trimmed).replace(NUMBER, ""));
  const rest = withoutMarks(words.replace(FILE_WORD, ""));
  // `# AGENTS.md` is how such a file begins, so a title counts only with a folder.
  const isTitle = /^#\s/.test(trimmed) && !rest.includes("/");
  const isSaid = rest !== words;
  if (isTitle || !(FILE_NAME.test(rest) || (isSaid && FILE_PATH.test(rest)))) return undefined;
  return { path: rest, isDivider: isSaid || /^(?:={3,}|-{3,}|<!--)/.test(trimmed) };
}

function withoutMarks(text: string): string {
  const rest = text.replace(MARKS_BEFORE, "");
  let end = rest.length;
  while (end > 0 && /[*_`"'=<>\s:-]/.test(rest[end - 1] as string)) end--;
  return rest.slice(0, end);
}

function isBetweenFiles(trimmed: string): boolean {
  return RULE.test(trimmed) || LEAD_IN.test(trimmed);
}

/** `markdown .codex/PRD.md`, `md title=".codex/PRD.md"`, `.codex/PRD.md`, `markdown:.codex/PRD.md`. */
function pathInInfo(info: string): string | undefined {
  if (info.length > LABEL_LENGTH) return undefined;
  return info.split(/[\s="':{}]+/).find((word) => FILE_NAME.test(word));
}
