import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, encodeText } from "../../chat-format/bytes.ts";
import { readTaskLog } from "./read-task-log.ts";
import { entriesOf, foreignEntry, invalidsOf, newEntry, RUN_ID, readLog } from "./task-log-rig.ts";

const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

describe("levels", () => {
  const rows: readonly { name: string; text: string; level: number; append: string; entries: number; file?: string }[] =
    [
      { name: "an array", text: pretty([foreignEntry(), foreignEntry()]), level: 0, append: "array", entries: 2 },
      { name: "an array with other keys", text: '[{"x":1}]', level: 0, append: "array", entries: 1 },
      { name: "a byte order mark", text: '\ufeff[{"x":1}]', level: 0, append: "array", entries: 1 },
      { name: "CRLF", text: '[\r\n  {"x":1},\r\n  {"x":2}\r\n]\r\n', level: 0, append: "array", entries: 2 },
      { name: "a comma on its own line", text: "[\n  {\n  }\n,\n  {\n  }\n]", level: 0, append: "array", entries: 2 },
      { name: "nothing", text: "", level: 0, append: "array", entries: 0 },
      { name: "white space", text: " \r\n\t", level: 0, append: "array", entries: 0 },
      { name: "only a mark", text: "\ufeff", level: 0, append: "array", entries: 0 },
      { name: "blank lines", text: "", level: 0, append: "lines", entries: 0, file: "TASK-LOG.jsonl" },
      { name: "an envelope", text: '{"v":1,"tasks":[{"x":1},{"x":2}]}', level: 1, append: "none", entries: 2 },
      { name: "an empty envelope", text: '{"tasks":[]}', level: 1, append: "none", entries: 0 },
      { name: "an empty envelope with more", text: '{"v":1,"tasks":[]}', level: 1, append: "none", entries: 0 },
      {
        name: "an envelope with an empty list beside",
        text: '{"t":[],"a":[{"x":1}]}',
        level: 1,
        append: "none",
        entries: 1,
      },
      {
        name: "one entry with no files",
        text: '{"task_id":"a","output_files":[]}',
        level: 1,
        append: "none",
        entries: 1,
      },
      { name: "one entry of others", text: '{"id":7,"tags":[]}', level: 1, append: "none", entries: 1 },
      { name: "two lists", text: '{"a":[{"x":1}],"b":[{"x":2}]}', level: 1, append: "none", entries: 1 },
      { name: "a deeper list", text: '{"a":{"b":[{"x":1}]},"c":1}', level: 1, append: "none", entries: 1 },
      {
        name: "a single object",
        text: pretty(foreignEntry({ output_files: [] })),
        level: 1,
        append: "none",
        entries: 1,
      },
      { name: "an empty object", text: "{}", level: 1, append: "none", entries: 1 },
      { name: "JSON Lines", text: '{"x":1}\n{"x":2}\n', level: 2, append: "lines", entries: 2 },
      { name: "joined objects", text: '{"x":1}{"x":2}', level: 2, append: "lines", entries: 2 },
      { name: "one line", text: '{"x":1}\n', level: 2, append: "lines", entries: 1, file: "TASK-LOG.jsonl" },
      { name: "a trailing comma", text: '[{"x":1},]', level: 3, append: "pending", entries: 1 },
      { name: "objects with commas", text: '{"x":1},\n{"x":2}', level: 3, append: "pending", entries: 2 },
      { name: "a NUL", text: '[{"x":1}]\0', level: 3, append: "pending", entries: 1 },
      { name: "Markdown", text: "**Agent:** a\n", level: 4, append: "none", entries: 1, file: "TASK-LOG.md" },
    ];

  test.each(rows)("$name is level $level, $append", ({ text, level, append, entries, file }) => {
    const log = readLog(text, file);
    expect([log.level, log.append, entriesOf(log).length]).toEqual([level, append, entries]);
  });

  test("a scalar is one invalid item", () => {
    const log = readLog(" 42 ");
    expect(log).toMatchObject({ level: 1, append: "none" });
    expect(invalidsOf(log)).toMatchObject([{ raw: "42", span: { start: 1, end: 3 } }]);
  });

  test("a keyed object is read in the order of the file, its keys are ids", () => {
    const log = readLog('{"10":{"summary":"a"},"2":{"summary":"b","task_id":"task-002"},"1":{}}');
    expect(entriesOf(log).map(({ shown }) => shown.taskId)).toEqual(["10", "task-002", "1"]);
    expect(entriesOf(log)[0]?.problems).toContainEqual(expect.objectContaining({ field: "task_id", code: "missing" }));
  });

  test("items of an array that are no objects stay visible in their place", () => {
    const log = readLog('["a", {"x":1}, 5, [1], null]');
    expect(log.items.map((item) => (item.kind === "invalid" ? item.raw : item.entry))).toEqual([
      '"a"',
      { x: 1 },
      "5",
      "[1]",
      "null",
    ]);
  });

  test("lines with other values are items of a file named for its lines", () => {
    expect(invalidsOf(readLog('5\n{"x":1}\n', "log.jsonl"))).toMatchObject([{ raw: "5" }]);
  });

  test("a file in UTF-16, or nested over 1,000 deep, is one item that is only read", () => {
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00);
    expect(readTaskLog(utf16, "TASK-LOG.json")).toMatchObject({ level: 3, append: "none", items: [{ raw: "[]" }] });
    for (const deep of [
      "[".repeat(100_000),
      '{"a":'.repeat(1_001),
      `[{"a":${"[".repeat(1_000)}${"]".repeat(1_000)}}]`,
    ]) {
      expect(readLog(deep)).toMatchObject({ append: "none", items: [{ kind: "invalid" }] });
    }
    expect(readLog(`[{"a":${"[".repeat(900)}${"]".repeat(900)}}]`)).toMatchObject({ level: 0, append: "array" });
  });
});

describe("entries", () => {
  const problemsOf = (entry: unknown): string[] =>
    entriesOf(readLog(JSON.stringify([entry]))).flatMap(({ problems }) =>
      problems.map(({ field, code }) => `${field} ${code}`),
    );

  test("an entry of ours, and one of the wild, has no problem", () => {
    expect(problemsOf(newEntry())).toEqual([]);
    const wild = { summary: 'Added `/generate`, "quoted".', output_files: ["apps/[slug]/page.tsx"] };
    expect(problemsOf(foreignEntry(wild))).toEqual([]);
  });

  test("what an entry lacks is flagged and it is shown all the same", () => {
    const { agent: _, ...entry } = foreignEntry({ task_id: "task-027" });
    expect(problemsOf(entry)).toEqual(["agent missing"]);
    expect(problemsOf({})).toHaveLength(5);
  });

  test.each([
    [{ agent: 5 }, "agent type"],
    [{ output_files: "a.md" }, "output_files type"],
    [{ output_files: ["a", 1] }, "output_files type"],
    [{ output_files: ["/etc/passwd"] }, "output_files path"],
    [{ output_files: ["a/../b"] }, "output_files path"],
    [{ output_files: ["C:\\a"] }, "output_files path"],
    [{ date: "2025-02-29" }, "date date"],
    [{ date: "yesterday" }, "date date"],
    [{ date: "2025-06-25T25:00:00Z" }, "date date"],
    [{ summary: "a\nb" }, "summary line-end"],
    [{ summary: "x".repeat(501) }, "summary length"],
  ])("%j is flagged: %s", (set, problem) => {
    expect(problemsOf(foreignEntry(set))).toEqual([problem]);
  });

  test.each([
    "2025-06-25",
    "2024-02-29",
    "2025-06-25T10:00:00Z",
    "2025-06-25T10:00:00.5+02:00",
    "2025-06-25 10:00:00",
    "2025-06-25T10:00:00",
  ])("%s is a date", (date) => {
    expect(problemsOf(foreignEntry({ date }))).toEqual([]);
  });

  test("aliases are shown and still flagged; of several the first text counts", () => {
    const [item] = entriesOf(
      readLog('[{"id":"7","owner":"o","created_by":5,"role":"r","ts":"2025-01-01","title":"t","files":"f.md"}]'),
    );
    expect(item?.shown).toEqual({
      ...{ taskId: "7", agent: "o", date: "2025-01-01", summary: "t", outputFiles: ["f.md"], status: "completed" },
    });
    expect(item?.problems.filter(({ code }) => code === "missing")).toHaveLength(5);
  });

  test("of a key that stands twice the last wins, with a flag, at any depth", () => {
    const [item, deep] = entriesOf(readLog('[{"agent":"a","x":1,"agent":"b"},{"meta":{"k":1,"k":2}}]'));
    expect(item?.shown.agent).toBe("b");
    expect(item?.problems).toContainEqual(expect.objectContaining({ field: "agent", code: "duplicate-key" }));
    expect(deep?.problems).toContainEqual(expect.objectContaining({ field: "k", code: "duplicate-key" }));
  });

  test("a big integer keeps its digits, and __proto__ is a key", () => {
    const [item] = entriesOf(readLog('[{"big":12345678901234567890,"list":[1e400,1e2,-0.5],"__proto__":{"x":1}}]'));
    expect(item?.entry["big"]).toBe("12345678901234567890");
    expect(item?.entry["list"]).toEqual(["1e400", 100, -0.5]);
    expect(Object.keys(item?.entry ?? {})).toContain("__proto__");
  });

  test("links name the run, or the digest of the raw bytes and the count among equal entries", () => {
    const raw = JSON.stringify(foreignEntry());
    const log = readLog(`[${raw},${JSON.stringify(newEntry())},${raw}, ${raw} ,{"ü":1}]`);
    const hex = createHash("sha256").update(raw).digest("hex").slice(0, 12);
    const other = createHash("sha256").update('{"ü":1}').digest("hex").slice(0, 12);
    expect(entriesOf(log).map(({ ref }) => ref)).toEqual([`${hex}-1`, RUN_ID, `${hex}-2`, `${hex}-3`, `${other}-1`]);
  });

  test("the count begins at 1 in a log whose last line is torn", () => {
    const raw = JSON.stringify(foreignEntry());
    const refs = entriesOf(readLog(`${raw}\n${raw}\n{"agent":`)).map(({ ref }) => ref.slice(-2));
    expect(refs).toEqual(["-1", "-2"]);
  });
});

test("reading never throws, whatever the bytes, and spans are in order and inside", () => {
  const fragments = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    '"',
    ",",
    ":",
    "\\",
    "\n",
    "  {",
    "//",
    "/*",
    "*/",
    "\0",
    "1",
    '"a"',
    "ü",
    "\ufeff",
    "=======",
    "<<<<<<< a",
    ">>>>>>> b",
    '{"a":1}',
    "- **Agent:** x",
    "## 2025-01-01",
  );
  const texts = fc.array(fragments, { maxLength: 40 }).map((pieces) => encodeText(pieces.join("")));
  const files = fc.constantFrom("TASK-LOG.json", "TASK-LOG.jsonl", "TASK-LOG.md");
  fc.assert(
    fc.property(
      fc.oneof(texts, fc.uint8Array(), fc.tuple(texts, fc.uint8Array({ maxLength: 3 })).map(concatBytes)),
      files,
      (bytes, file) => {
        const log = readTaskLog(bytes, file);
        let end = 0;
        for (const { span } of log.items) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
        for (const item of entriesOf(log)) expect(item.ref).not.toBe("");
      },
    ),
    { numRuns: 500 },
  );
});
