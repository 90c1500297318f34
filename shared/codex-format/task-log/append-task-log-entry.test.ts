import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { appendTaskLogEntry } from "./append-task-log-entry.ts";
import { readTaskLog } from "./read-task-log.ts";
import { entriesOf, newEntry, rawOf, readLog } from "./task-log-rig.ts";

function append(text: string, fileName = "TASK-LOG.json"): string {
  const result = appendTaskLogEntry(encodeText(text), fileName, newEntry());
  return result.outcome === "appended" ? decodeText(result.bytes) : result.outcome;
}

const CANONICAL = `[
  {
    "task_id": "task-049",
    "agent": "planner",
    "date": "2025-07-01",
    "summary": "Proposed three tasks.",
    "output_files": [".codex/PROPOSED-TASKS.md"],
    "at": "2025-07-01T09:14:03.120Z",
    "run_id": "01JZ2Y7M3W8Q4K6T9V5X1C0B2D"
  }
]
`;

describe("append", () => {
  test.each(["", "\n", "[]\n", "[ \n ]\n"])("into %j makes the canonical file", (text) => {
    expect(append(text)).toBe(CANONICAL);
  });

  test("into a file of its own keeps every byte before and follows its indentation", () => {
    const second = CANONICAL.slice(1, -3);
    expect(append(CANONICAL)).toBe(`${CANONICAL.slice(0, -3)},${second}\n]\n`);
    expect(append('[\n\t{\n\t\t"x": [\n\t\t\t1\n\t\t]\n\t}\n]')).toContain(
      '\n\t\t"output_files": [\n\t\t\t".codex/PROPOSED-TASKS.md"\n\t\t],\n',
    );
    expect(append('[\n {"x":1},\n {"y":1}\n]')).toContain('\n {"task_id":"task-049","agent":"planner",');
  });

  test("keeps a mark, CRLF, an odd join, and the tail behind the bracket", () => {
    expect(append("\ufeff")).toBe(`\ufeff${CANONICAL}`);
    expect(append(`\ufeff${CANONICAL.replaceAll("\n", "\r\n")}`)).not.toMatch(/[^\r]\n/);
    const odd = '[\n  {\n    "x": 1\n  }\n,\n  {\n    "x": 2\n  }\n]\n\n\n';
    expect(append(odd)).toMatch(
      /^\[\n {2}\{\n {4}"x": 1\n {2}\}\n,\n {2}\{\n {4}"x": 2\n {2}\},\n {2}\{\n {4}"task_id"[^]*\n\]\n\n\n$/,
    );
  });

  test("to JSON Lines is one line, after a line end when the file does not end with one", () => {
    const line = `${JSON.stringify(newEntry())}\n`;
    expect(append('{"x":1}\n{"x":2}\n')).toBe(`{"x":1}\n{"x":2}\n${line}`);
    expect(append('{"x":1}\n{"x":2}')).toBe(`{"x":1}\n{"x":2}\n${line}`);
    expect(append('{"x": 1}\r\n', "log.jsonl")).toBe(
      `{"x": 1}\r\n${line.replace(/([,:])(?=["[])/g, "$1 ").replace("\n", "\r\n")}`,
    );
    expect(append("", "log.jsonl")).toMatch(/^\{"task_id": "task-049",.*\}\n$/);
  });

  test("waits at a broken file and is refused at one that is only read", () => {
    expect(append('[{"x":1},]')).toBe("pending");
    expect([append('{"x":1}'), append("5"), append("", "TASK-LOG.md"), append("[".repeat(2_000))]).toEqual(
      Array(4).fill("refused"),
    );
  });

  const blank = fc.stringMatching(/^[ \t\r\n]{0,4}$/);
  const key = fc.constantFrom("a", "task_id", "ü", "b\\c", '"');
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.constant(null),
    fc.dictionary(key, fc.string()),
  );
  const item = fc.oneof({ weight: 5, arbitrary: fc.dictionary(key, value) }, value);
  const written = fc
    .tuple(item, fc.constantFrom(undefined, 1, 2, "\t"))
    .map(([data, indent]) => JSON.stringify(data, undefined, indent));
  const join = fc.tuple(blank, blank).map(([before, behind]) => `${before},${behind}`);
  const file = fc.record({
    mark: fc.constantFrom("", "\ufeff"),
    items: fc.array(fc.tuple(written, join)),
    blanks: fc.tuple(blank, blank, blank, blank),
    isCrlf: fc.boolean(),
  });

  test("to any array keeps what is before and adds one item", () => {
    fc.assert(
      fc.property(file, ({ mark, items, blanks: [lead, open, close, tail], isCrlf }) => {
        const body = items.map(([text, comma], index) => (index === 0 ? text : comma + text)).join("");
        const text = `${lead}[${open}${body}${close}]${tail}`;
        const bytes = encodeText(mark + (isCrlf ? text.replaceAll(/\r?\n/g, "\r\n") : text));
        const before = readTaskLog(bytes, "TASK-LOG.json");
        const result = appendTaskLogEntry(bytes, "TASK-LOG.json", newEntry());
        if (result.outcome !== "appended") throw new Error("not appended");
        const after = readTaskLog(result.bytes, "TASK-LOG.json");
        const kept = result.bytes.subarray(0, before.seenLength);
        expect(Buffer.compare(kept, bytes.subarray(0, before.seenLength))).toBe(0);
        expect(decodeText(result.bytes).endsWith(`]${isCrlf ? tail.replaceAll(/\r?\n/g, "\r\n") : tail}`)).toBe(true);
        expect(after.level).toBe(0);
        expect(after.items.slice(0, -1).map(({ span }) => span)).toEqual(before.items.map(({ span }) => span));
        expect(after.items.at(-1)).toMatchObject({ kind: "entry", span: result.span, entry: newEntry(), problems: [] });
        expect(JSON.parse(rawOf(result.bytes, result))).toEqual(newEntry());
      }),
    );
  });
});

test("what is optional stands behind what is not, in the canonical order", () => {
  const entry = newEntry({ chainedFrom: "x", supersedes: "y", feedback: "f", proposal: "p", status: "failed" });
  expect(Object.keys(entry).slice(7)).toEqual(["status", "proposal", "feedback", "supersedes", "chained_from"]);
  expect(Object.keys(newEntry({ status: "completed" }))).toHaveLength(7);
  const appended = append(CANONICAL);
  expect(entriesOf(readLog(appended))).toHaveLength(2);
});
