/** Boards of tables: the header names the columns, a row is a card. */
import type { Heading } from "../records/headings.ts";
import { type Lines, lineSpan, spanText } from "../records/lines.ts";
import { comparableName, unmarked, withoutPictures } from "../records/names.ts";
import type { RecordField } from "../records/record.ts";
import { readTables, type Table, type TableRow } from "../records/tables.ts";
import type { BoardCard } from "./board.ts";
import { isLaneName } from "./board-lanes.ts";
import { emojiOfStatus, statusEmoji } from "./board-status.ts";
import { cardFacts, cardField, wordStatus } from "./card-fields.ts";
import { headingBefore } from "./card-parts.ts";

const TITLES =
  "task|tasks|title|name|item|feature|story|what|todo|to do|work|description|summary|aufgabe|titel|tâche|titre|tarea|título|tarefa|attività|taak|zadanie|задача|任务|任務|タスク|작업|görev".split(
    "|",
  );
const KEYS = ["id", "#", "key", "no", "no.", "nr", "task id"];
const STATUSES = ["status", "state"];

/** An empty list when no table has a column for a title or a status, or stands below a lane's name. */
export function tableCards(lines: Lines, headings: readonly Heading[]): readonly BoardCard[] {
  return readTables(lines).flatMap((table) => {
    const columns = table.header.cells.map(({ text }) => comparableName(text));
    const lane = headingBefore(headings, table.header.line);
    const isBoard = columns.some((name) => TITLES.includes(name) || STATUSES.includes(name));
    if (!isBoard && !(lane !== undefined && isLaneName(lane.text))) return [];
    const place = { columns, titleColumn: titleColumn(columns), lane };
    return table.rows.map((row) => rowCard(lines, table, row, place));
  });
}

/** The first of the known names that a column has, else the first column that is neither key nor status. */
function titleColumn(columns: readonly string[]): number {
  for (const name of TITLES) if (columns.includes(name)) return columns.indexOf(name);
  const other = columns.findIndex((name) => !KEYS.includes(name) && !STATUSES.includes(name));
  return Math.max(other, 0);
}

function rowCard(
  lines: Lines,
  { header }: Table,
  row: TableRow,
  place: { readonly columns: readonly string[]; readonly titleColumn: number; readonly lane: Heading | undefined },
): BoardCard {
  const { columns, lane } = place;
  const span = lineSpan(lines, row.line, row.line + 1);
  const fields = row.cells.map((cell, index): RecordField => {
    const name = unmarked(header.cells[index]?.text ?? "");
    return { name, value: cell.text, span, valueSpan: cell.span, flags: cell.text === "" ? ["empty"] : [] };
  });
  const key = fields[columns.findIndex((name) => KEYS.includes(name))]?.value ?? "";
  return {
    ...(key === "" ? {} : { key: unmarked(key) }),
    title: fields[place.titleColumn]?.value ?? "",
    ...(lane === undefined ? {} : { lane: withoutPictures(lane.text) }),
    ...cellStatus(fields),
    ...cardFacts(fields),
    fields,
    sections: [],
    checklist: [],
    span,
    raw: spanText(lines.bytes, span),
    problems: [],
  };
}

/** A cell that holds an emoji alone is changed as an emoji. */
function cellStatus(fields: readonly RecordField[]): ReturnType<typeof wordStatus> {
  const found = wordStatus(fields);
  const text = cardField(fields, "Status")?.value ?? "";
  const emoji = statusEmoji(text);
  const isAlone = emoji !== undefined && emoji.length === text.length && emojiOfStatus(emoji.status) !== undefined;
  return isAlone ? { ...found, statusForm: "emoji" } : found;
}
