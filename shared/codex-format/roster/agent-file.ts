import { isSeparator } from "../records/headings.ts";
import { isBlankLine, type Lines, lineText, spanText, trimBlanks } from "../records/lines.ts";
import { keyFromName } from "../records/names.ts";
import type { RosterAgent } from "./roster.ts";

/** One file of `.codex/agents/`: name and description from the lines between `---`, else the file's name. */
export function readAgentFile(lines: Lines, path: string): RosterAgent {
  const { values, nextLine } = readFrontMatter(lines);
  const stem = (path.split("/").at(-1) ?? path).replace(/\.md$/i, "");
  const name = values.get("name") || stem;
  const role = values.get("description") || firstText(lines, nextLine);
  const model = values.get("model");
  const span = { start: 0, end: lines.bytes.length };
  return {
    key: keyFromName(name),
    name,
    shape: "agent-file",
    isReadOnly: true,
    ...(role === undefined ? {} : { role }),
    ...(model === undefined ? {} : { model }),
    reads: [],
    isDuplicate: false,
    problems: ["foreign"],
    span,
    fields: [],
    raw: spanText(lines.bytes, span),
  };
}

function readFrontMatter(lines: Lines): { values: ReadonlyMap<string, string>; nextLine: number } {
  const values = new Map<string, string>();
  if (trimBlanks(lineText(lines, 0)) !== "---") return { values, nextLine: 0 };
  for (let index = 1; index < lines.texts.length; index++) {
    const text = lineText(lines, index);
    if (trimBlanks(text) === "---") return { values, nextLine: index + 1 };
    const entry = /^([A-Za-z_-]+):[ \t]/.exec(`${text} `);
    if (entry === null) continue;
    values.set(
      (entry[1] as string).toLowerCase(),
      trimBlanks(text.slice(entry[0].length)).replace(/^(["'])(.*)\1$/, "$2"),
    );
  }
  return { values: new Map(), nextLine: 0 };
}

function firstText(lines: Lines, first: number): string | undefined {
  for (let index = first; index < lines.texts.length; index++) {
    if (isBlankLine(lines, index) || isSeparator(lines, index) || lines.kinds[index] === "heading") continue;
    return trimBlanks(lineText(lines, index));
  }
  return undefined;
}
