/**
 * The block structure of CommonMark 0.31 (appendix, phase 1), as far as needed to say what is still open at the end of a
 * text: it follows containers, fences and HTML blocks line by line and builds no tree. Linear in the text but for the
 * depth of containers, which has a limit.
 */
import { endsHtmlBlock, type HtmlBlockKind, htmlBlockStart } from "./html-block.ts";
import {
  advanceCharacters,
  advanceColumns,
  findNextCharacter,
  goToNextCharacter,
  isBlankAt,
  type LineCursor,
  startOfLine,
} from "./line-cursor.ts";
import { skipLinkDefinitions } from "./link-definition.ts";
import { type ListItemStart, readListItem } from "./list-item.ts";

interface Item extends ListItemStart {
  readonly type: "item";
  hasContent: boolean;
}
type Container = { readonly type: "quote" } | Item;

export interface OpenFence {
  readonly type: "fence";
  readonly character: "`" | "~";
  readonly length: number;
}
export interface OpenHtml {
  readonly type: "html";
  readonly kind: HtmlBlockKind;
}
interface Paragraph {
  readonly type: "paragraph";
  /** Its lines, kept only while it may begin with link reference definitions. */
  lines: string[] | undefined;
}
type Leaf = OpenFence | OpenHtml | Paragraph | { readonly type: "indented" } | { readonly type: "none" };

/** What a line is to the block structure; in a container it is what follows the container's marks. */
export type LineKind = "blank" | "text" | "heading" | "underline" | "break" | "fence" | "fence-end" | "code" | "html";

export interface Scan {
  containers: Container[];
  /** Index of the outermost quote, or -1. */
  firstQuote: number;
  leaf: Leaf;
  /** What the line that was scanned last is. */
  lineKind: LineKind;
  /** How many containers it has opened. */
  opened: number;
}

/** What one line's look at the open blocks found. */
interface Match {
  /** How many containers go on. */
  containers: number;
  /** Whether all open blocks go on, or those that do not have been closed. */
  isSettled: boolean;
  /** The open leaf that goes on. */
  leaf: Leaf;
}

const NONE: Leaf = { type: "none" };
const CODE_INDENT = 4;
const MAY_START_BLOCK = /[#`~*+_=<>0-9-]/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const FENCE = /^(?:`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING_FENCE = /^(`{3,}|~{3,})[ \t]*$/;
const SETEXT = /^(?:=+|-+)[ \t]*$/;

/** The top-level fence or HTML block that the end of the text leaves open; those inside containers end with them. */
export function openBlockAtEnd(text: string): OpenFence | OpenHtml | undefined {
  const scan = startScan();
  for (const line of text.split(/\r\n|\n|\r/)) scanLine(scan, line);
  const { leaf } = scan;
  return scan.containers.length === 0 && (leaf.type === "fence" || leaf.type === "html") ? leaf : undefined;
}

/** The state before the first line of a document. */
export function startScan(): Scan {
  return { containers: [], firstQuote: -1, leaf: NONE, lineKind: "blank", opened: 0 };
}

/** Goes on by one line, given without its line end. */
export function scanLine(scan: Scan, line: string): void {
  const cursor = startOfLine(line);
  scan.lineKind = cursor.isBlank ? "blank" : "text";
  scan.opened = 0;
  const match = matchOpenBlocks(scan, cursor);
  if (match === undefined) return;
  const isVerbatim = match.leaf.type !== "none" && match.leaf.type !== "paragraph";
  if (!isVerbatim && startBlocks(scan, cursor, match)) return;
  addText(scan, cursor, match);
}

/** Which open blocks the line goes on with. Undefined when it closes a fence and is done. */
function matchOpenBlocks(scan: Scan, cursor: LineCursor): Match | undefined {
  let matched = cursor.isBlank ? itemsThatHoldBlank(scan) : 0;
  if (matched < scan.containers.length && cursor.isBlank) return { containers: matched, isSettled: false, leaf: NONE };
  for (; matched < scan.containers.length; matched++) {
    const container = scan.containers[matched] as Container;
    findNextCharacter(cursor);
    if (!continuesContainer(container, cursor)) return { containers: matched, isSettled: false, leaf: NONE };
  }
  findNextCharacter(cursor);
  const { leaf } = scan;
  if (leaf.type === "fence" && closesFence(leaf, cursor)) {
    scan.leaf = NONE;
    scan.lineKind = "fence-end";
    return undefined;
  }
  const goesOn = continuesLeaf(leaf, cursor);
  if (goesOn && leaf.type !== "paragraph") scan.lineKind = leaf.type === "html" ? "html" : "code";
  return { containers: matched, isSettled: goesOn, leaf: goesOn ? leaf : NONE };
}

/**
 * How many containers go on with a blank line: items do, but for an innermost one that is still empty; quotes do not.
 * Asking each of many nested items at each of many blank lines would take quadratic time.
 */
function itemsThatHoldBlank({ containers, firstQuote }: Scan): number {
  if (firstQuote !== -1) return firstQuote;
  const last = containers.at(-1);
  return last?.type === "item" && !last.hasContent ? containers.length - 1 : containers.length;
}

function continuesContainer(container: Container, cursor: LineCursor): boolean {
  if (container.type === "quote") return takeQuoteMark(cursor);
  if (cursor.isBlank || cursor.indent < container.contentIndent) return false;
  advanceColumns(cursor, container.contentIndent);
  return true;
}

function takeQuoteMark(cursor: LineCursor): boolean {
  if (cursor.indent >= CODE_INDENT || cursor.line[cursor.nextOffset] !== ">") return false;
  goToNextCharacter(cursor);
  advanceCharacters(cursor, 1);
  if (isBlankAt(cursor.line, cursor.offset)) advanceColumns(cursor, 1);
  return true;
}

function closesFence(fence: OpenFence, cursor: LineCursor): boolean {
  if (cursor.indent >= CODE_INDENT) return false;
  const closing = CLOSING_FENCE.exec(cursor.line.slice(cursor.nextOffset))?.[1];
  return closing?.[0] === fence.character && closing.length >= fence.length;
}

function continuesLeaf(leaf: Leaf, cursor: LineCursor): boolean {
  switch (leaf.type) {
    case "none":
      return false;
    case "fence":
      return true;
    case "html":
      return !cursor.isBlank || leaf.kind < 6;
    case "indented":
      return cursor.isBlank || cursor.indent >= CODE_INDENT;
    case "paragraph":
      return !cursor.isBlank;
  }
}

/** Opens the blocks that the line starts. True when a leaf was started and nothing is left to do. */
function startBlocks(scan: Scan, cursor: LineCursor, match: Match): boolean {
  for (;;) {
    findNextCharacter(cursor);
    const isIndented = cursor.indent >= CODE_INDENT;
    if (!isIndented && !MAY_START_BLOCK.test(cursor.line[cursor.nextOffset] ?? "")) return false;
    if (isIndented) return startIndented(scan, cursor, match);
    if (takeQuoteMark(cursor)) {
      openContainer(scan, match, { type: "quote" });
      continue;
    }
    if (startLeaf(scan, cursor.line.slice(cursor.nextOffset), cursor, match)) return true;
    const item = readListItem(cursor, match.leaf.type === "paragraph");
    if (item === undefined) return false;
    openContainer(scan, match, { type: "item", hasContent: false, ...item });
  }
}

function startIndented(scan: Scan, cursor: LineCursor, match: Match): boolean {
  const isAfterParagraph = match.isSettled ? match.leaf.type === "paragraph" : scan.leaf.type === "paragraph";
  if (isAfterParagraph || cursor.isBlank) return false;
  return openLeaf(scan, match, { type: "indented" }, "code");
}

function startLeaf(scan: Scan, rest: string, cursor: LineCursor, match: Match): boolean {
  if (HEADING.test(rest)) return openLeaf(scan, match, NONE, "heading");
  const fence = FENCE.exec(rest)?.[0];
  if (fence !== undefined) {
    return openLeaf(scan, match, { type: "fence", character: fence[0] as "`" | "~", length: fence.length }, "fence");
  }
  const kind = htmlBlockStart(rest);
  if (kind !== undefined && (kind < 7 || !continuesParagraph(scan, match))) {
    const leaf: Leaf = endsHtmlBlock(kind, cursor.line.slice(cursor.offset)) ? NONE : { type: "html", kind };
    return openLeaf(scan, match, leaf, "html");
  }
  if (match.leaf.type === "paragraph" && SETEXT.test(rest) && closesAsHeading(match.leaf)) {
    return openLeaf(scan, match, NONE, "underline");
  }
  return isThematicBreak(cursor) && openLeaf(scan, match, NONE, "break");
}

function continuesParagraph(scan: Scan, match: Match): boolean {
  return match.leaf.type === "paragraph" || (!match.isSettled && scan.leaf.type === "paragraph");
}

/** A line of `=` or `-` makes a heading of a paragraph only when more than link reference definitions stand in it. */
function closesAsHeading(paragraph: Paragraph): boolean {
  if (paragraph.lines === undefined) return true;
  const text = `${paragraph.lines.join("\n")}\n`;
  paragraph.lines = undefined;
  return skipLinkDefinitions(text) < text.length;
}

/** Three or more of one of `*`, `-`, `_`, and blanks. Nested list markers ask this at each level of one line. */
function isThematicBreak(cursor: LineCursor): boolean {
  const { line, nextOffset } = cursor;
  const mark = line[nextOffset] ?? "";
  if (mark !== "*" && mark !== "-" && mark !== "_") return false;
  if (lastOther(cursor, mark) >= nextOffset) return false;
  return line.slice(nextOffset).replace(/[ \t]/g, "").length >= 3;
}

/** The last place in the line that holds neither the mark nor a blank; found once for each mark and line. */
function lastOther(cursor: LineCursor, mark: string): number {
  const known = cursor.lastOthers.get(mark);
  if (known !== undefined) return known;
  let index = cursor.line.length - 1;
  while (index >= 0 && (cursor.line[index] === mark || isBlankAt(cursor.line, index))) index--;
  cursor.lastOthers.set(mark, index);
  return index;
}

/** Closes what the line does not go on with, and says that its parent has a child. */
function settle(scan: Scan, match: Match): void {
  if (!match.isSettled) closeContainers(scan, match.containers);
  match.isSettled = true;
  const parent = scan.containers.at(-1);
  if (parent?.type === "item") parent.hasContent = true;
}

function closeContainers(scan: Scan, kept: number): void {
  scan.containers.length = kept;
  if (scan.firstQuote >= kept) scan.firstQuote = -1;
}

function openContainer(scan: Scan, match: Match, container: Container): void {
  settle(scan, match);
  if (container.type === "quote" && scan.firstQuote === -1) scan.firstQuote = scan.containers.length;
  scan.containers.push(container);
  scan.opened++;
  scan.leaf = NONE;
  match.leaf = NONE;
}

function openLeaf(scan: Scan, match: Match, leaf: Leaf, lineKind: LineKind): true {
  settle(scan, match);
  scan.lineKind = lineKind;
  scan.leaf = leaf;
  return true;
}

function addText(scan: Scan, cursor: LineCursor, match: Match): void {
  const text = () => cursor.line.slice(cursor.nextOffset);
  const isLazy = !match.isSettled && !cursor.isBlank && scan.leaf.type === "paragraph";
  if (isLazy || match.leaf.type === "paragraph") {
    if (scan.leaf.type === "paragraph") scan.leaf.lines?.push(text());
    return;
  }
  if (match.leaf.type === "html") {
    if (endsHtmlBlock(match.leaf.kind, cursor.line.slice(cursor.offset))) scan.leaf = NONE;
    return;
  }
  if (match.leaf.type !== "none") return;
  if (!match.isSettled) closeContainers(scan, match.containers);
  scan.leaf = NONE;
  if (cursor.isBlank) return;
  openLeaf(
    scan,
    match,
    { type: "paragraph", lines: cursor.line[cursor.nextOffset] === "[" ? [text()] : undefined },
    "text",
  );
}
