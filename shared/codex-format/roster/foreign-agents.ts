/** Rosters of other forms, as import views: name, text of the role, the raw text. */
import { type Heading, readHeadings } from "../records/headings.ts";
import { type Lines, lineSpan, lineText, skipBlankLines, spanText, trimBlanks } from "../records/lines.ts";
import { itemEnd, itemText, outerDepth, readItemStart } from "../records/list-items.ts";
import { comparableName, keyFromName, unmarked } from "../records/names.ts";
import type { RecordField, Span } from "../records/record.ts";
import { matchField, readFields } from "../records/record-fields.ts";
import { headRest } from "../records/record-head.ts";
import { readTables, type Table, type TableRow } from "../records/tables.ts";
import { agentFacts } from "./agent-fields.ts";
import type { AgentShape, RosterAgent } from "./roster.ts";

interface Found {
  readonly name: string;
  readonly role?: string | undefined;
  readonly fields?: readonly RecordField[];
  readonly span: Span;
}

const AGENT_HEADING = /^agent[ \t]*:[ \t]*/i;
const DUTIES = /^(?:core |key )?responsibilit/;
const ROLES = new Set(["roles", "agent roles", "agents", "agent roster"]);
const NAMED = /^\*\*([^*]+?)(?::\*\*|\*\*[ \t]*(?:[–—:-]+|$))/;
const NAME_COLUMNS = ["agent", "agents", "agent name", "role", "roles"];
const TEXT_COLUMNS = ["role", "description", "responsibilities", "responsibility", "purpose", "goal", "does"];

/** The agents of the first form that the file holds; an empty list when it holds none. */
export function readForeignAgents(lines: Lines): readonly RosterAgent[] {
  const headings = readHeadings(lines);
  const readers: readonly (readonly [AgentShape, () => readonly Found[]])[] = [
    ["agent-heading", () => agentHeadings(lines, headings)],
    ["responsibilities", () => agentSections(lines, headings)],
    ["roles-list", () => rolesList(lines, headings)],
    ["table-row", () => readTables(lines).flatMap((table) => tableAgents(lines, table))],
  ];
  for (const [shape, read] of readers) {
    const found = read();
    if (found.length > 0) return found.map((agent) => importView(lines, shape, agent));
  }
  return [];
}

function importView(lines: Lines, shape: AgentShape, found: Found): RosterAgent {
  const fields = found.fields ?? [];
  const facts = agentFacts(fields);
  const role = found.role === "" ? undefined : found.role;
  return {
    key: keyFromName(found.name),
    name: unmarked(found.name),
    shape,
    isReadOnly: true,
    ...facts,
    ...(role === undefined ? {} : { role }),
    isDuplicate: false,
    problems: ["foreign"],
    span: found.span,
    fields,
    raw: spanText(lines.bytes, found.span),
  };
}

/** ``### Agent: `x` (Title)`` and the bullets below. */
function agentHeadings(lines: Lines, headings: readonly Heading[]): readonly Found[] {
  return headings.flatMap((heading, index) => {
    const opening = AGENT_HEADING.exec(heading.text);
    if (opening === null || heading.level < 3) return [];
    const rest = heading.text.slice(opening[0].length);
    const title = /^(.*?)[ \t]*\(([^()]*)\)$/.exec(rest.length < 1000 ? rest : "");
    const last = sectionEnd(lines, headings, index);
    const { fields } = readFields(lines, heading.nextLine, last);
    const role = title?.[2] ?? fields.find(({ name }) => /^(?:role|type)$/i.test(name))?.value;
    return [{ name: title?.[1] || rest, role, fields, span: lineSpan(lines, heading.line, last) }];
  });
}

/** `## Agent: Name`, with the text below `### Responsibilities`, else the first text. */
function agentSections(lines: Lines, headings: readonly Heading[]): readonly Found[] {
  return headings.flatMap((heading, index) => {
    const name = headRest(lines, heading.line, "Agent");
    if (name === undefined || name === "") return [];
    const last = sectionEnd(lines, headings, index);
    const { fields } = readFields(lines, heading.nextLine, last);
    const role = agentFacts(fields).role ?? duties(lines, headings, index, last);
    return [{ name, role, fields, span: lineSpan(lines, heading.line, last) }];
  });
}

function duties(lines: Lines, headings: readonly Heading[], agent: number, last: number): string {
  let index = agent + 1;
  while (isBefore(headings[index], last) && !DUTIES.test(comparableName(headings[index]?.text ?? ""))) index++;
  const section = isBefore(headings[index], last) ? index : agent;
  return sectionText(lines, headings[section]?.nextLine ?? last, Math.min(last, headings[section + 1]?.line ?? last));
}

function isBefore(heading: Heading | undefined, line: number): boolean {
  return heading !== undefined && heading.line < line;
}

/** `## Roles` with a bullet `- **Name** – text` each. */
function rolesList(lines: Lines, headings: readonly Heading[]): readonly Found[] {
  return headings.flatMap((heading, index) => {
    if (!ROLES.has(comparableName(heading.text))) return [];
    const last = sectionEnd(lines, headings, index);
    const agents: Found[] = [];
    for (let line = heading.nextLine; line < last; line++) {
      const start = outerDepth(lines, line) === 0 ? readItemStart(lines, line) : undefined;
      if (start === undefined) continue;
      const end = itemEnd(lines, line, last);
      const text = itemText(lines, start, line, end);
      const named = NAMED.exec(text);
      if (named === null) continue;
      const role = trimBlanks(text.slice(named[0].length));
      agents.push({ name: named[1] as string, role, span: lineSpan(lines, line, end) });
    }
    return agents;
  });
}

/** The rows of a table that has a column Agent or Role. */
function tableAgents(lines: Lines, { header, rows }: Table): readonly Found[] {
  const names = header.cells.map(({ text }) => comparableName(text));
  const nameColumn = firstOf(names, NAME_COLUMNS, -1);
  if (nameColumn === -1) return [];
  const textColumn = firstOf(names, TEXT_COLUMNS, nameColumn);
  const cellOf = (row: TableRow, column: number) => row.cells[column]?.text ?? "";
  return rows.flatMap((row) => {
    const name = cellOf(row, nameColumn);
    const role = cellOf(row, textColumn === -1 ? nameColumn + 1 : textColumn);
    return unmarked(name) === "" ? [] : [{ name, role, span: lineSpan(lines, row.line, row.line + 1) }];
  });
}

/** The column with the first of these names that is not the one left out. */
function firstOf(names: readonly string[], wanted: readonly string[], leftOut: number): number {
  for (const name of wanted) {
    const column = names.findIndex((text, index) => index !== leftOut && text === name);
    if (column !== -1) return column;
  }
  return -1;
}

/** Before the next heading of this level or a higher one. */
function sectionEnd(lines: Lines, headings: readonly Heading[], index: number): number {
  const level = headings[index]?.level ?? 1;
  for (let next = index + 1; next < headings.length; next++) {
    const heading = headings[next] as Heading;
    if (heading.level <= level) return heading.line;
  }
  return lines.texts.length;
}

/** The first lines of text, without the marks of a list, on one line. */
function sectionText(lines: Lines, first: number, last: number): string {
  const texts: string[] = [];
  for (let index = skipBlankLines(lines, first, last); index < last && texts.length < 20; index++) {
    if (matchField(lines, index) !== undefined) continue;
    texts.push(trimBlanks(readItemStart(lines, index)?.text ?? lineText(lines, index)));
  }
  return texts.filter((text) => text !== "" && !/^-{3,}$/.test(text)).join(" ");
}
