import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, decodeText, encodeText } from "../../chat-format/bytes.ts";
import { readTaskLog } from "./read-task-log.ts";
import { repairTaskLog } from "./repair-task-log.ts";
import { entriesOf, foreignEntry, invalidsOf, rawOf, readLog } from "./task-log-rig.ts";

const ROW = JSON.stringify(foreignEntry());

/** What the reading of a broken text finds, as one line an item. */
function found(text: string): string[] {
  const log = readLog(text);
  return log.items.map((item) =>
    item.kind === "entry" ? JSON.stringify(item.entry) : `! ${item.reason}: ${item.raw}`,
  );
}

function reasons(text: string): string[] {
  return readLog(text).problems.map(({ reason }) => reason);
}

describe("a broken log", () => {
  test("with commas or brackets missing or too many has all its entries and a problem for each", () => {
    expect(found('[{"a":1}{"b":1},]')).toEqual(['{"a":1}', '{"b":1}']);
    expect(reasons('[{"a":1}{"b":1},]')).toEqual(["a comma is missing between two entries", "a comma too many"]);
    expect(reasons('[{"a":1},,{"b":1}]')).toEqual(["a comma too many"]);
    expect(reasons('[,{"a":1}]')).toEqual(["a comma too many"]);
    expect(reasons('{"a":1},{"b":1}')).toEqual(["the opening bracket is missing"]);
    expect(reasons('[{"a":1}')).toEqual(["a closing bracket is missing"]);
    expect(reasons("][")).toEqual(["the brackets do not pair"]);
    expect(reasons('[{"a":1}]]')).toEqual(["a closing bracket too many"]);
    expect(reasons('[{"a":1}],[{"b":1}]')).toEqual(["a bracket between two entries"]);
  });

  test("with a truncated tail has the entries before it", () => {
    const text = `[\n  ${ROW},\n  {\n    "task_id": "task-002",\n    "output_files": [\n`;
    expect(found(text)).toEqual([
      ROW,
      expect.stringMatching(/^! an object that does not end: \{\n.*\n {4}"output_files": \[$/),
    ]);
  });

  test("goes on behind an unfinished object at the next line that starts one", () => {
    expect(found('[\n  {"a": "x,\n      {"inner": 1},\n    {"b":1}\n]')).toEqual([
      '! an object that does not end: {"a": "x,\n      {"inner": 1}',
      '{"b":1}',
    ]);
  });

  test("has what is no object, and comments, as items in their place", () => {
    expect(found('[\n  // done {"x":1}\n  {"a":1},\n  /* {"b":1} */\n  {"c":1}, 5 ]')).toEqual([
      '! a comment, which JSON does not have: // done {"x":1}',
      '{"a":1}',
      '! a comment, which JSON does not have: /* {"b":1} */',
      '{"c":1}',
      "! text between entries: 5",
    ]);
    expect(found('[{"a":1}, /* never closed {"b":1}]')).toContain('{"b":1}');
  });

  test("with a NUL or with bytes that are not UTF-8 loses only the object that has them", () => {
    expect(found('[{"a":"\0"},{"b":1}]')).toEqual(['! NUL bytes: {"a":"\0"}', '{"b":1}']);
    const bytes = concatBytes([encodeText('[{"a":"'), Uint8Array.of(0xff), encodeText('"},{"b":1}]')]);
    const log = readTaskLog(bytes, "TASK-LOG.json");
    expect(log.items).toMatchObject([
      { raw: '{"a":"\ufffd"}', reason: "bytes that are not UTF-8" },
      { entry: { b: 1 } },
    ]);
  });

  test("flags in recovered entries what it flags in others", () => {
    const [item] = entriesOf(readLog('[{"agent":"a","agent":"b","n":12345678901234567890},]'));
    expect(item?.entry).toEqual({ agent: "b", n: "12345678901234567890" });
    expect(item?.problems.map(({ code }) => code)).toContain("duplicate-key");
  });
});

const INSIDE = `[
  {"a":1},
  {
<<<<<<< HEAD
    "task_id": "task-032",
=======
    "task_id": "task-033",
>>>>>>> feature/"x" {
    "agent": "b"
  }
]
`;
const BETWEEN = '[\n<<<<<<< HEAD\n  {"a":1}\n||||||| base\n=======\n  {"b":1}\n>>>>>>> x\n]\n';

describe("a merge conflict", () => {
  test("inside an object is one item with both sides, each read", () => {
    const [item, more] = invalidsOf(readLog(INSIDE));
    expect([item?.raw, more]).toEqual([
      INSIDE.slice(INSIDE.indexOf("  {\n") + 2, INSIDE.lastIndexOf("}") + 1),
      undefined,
    ]);
    const ids = item?.sides?.map(({ entries }) => entries?.map((text) => JSON.parse(text)));
    expect(ids).toEqual([[{ task_id: "task-032", agent: "b" }], [{ task_id: "task-033", agent: "b" }]]);
  });

  test("that parts one object into two, on one side, is read too", () => {
    const text =
      '[\n  {\n<<<<<<< HEAD\n    "a": 1\n  },\n  {\n    "b": 1,\n=======\n    "b": 2,\n>>>>>>> x\n    "c": 3\n  }\n]';
    const sides = invalidsOf(readLog(text))[0]?.sides?.map(({ entries }) => entries?.map((entry) => JSON.parse(entry)));
    expect(sides).toEqual([[{ a: 1 }, { b: 1, c: 3 }], [{ b: 2, c: 3 }]]);
  });

  test("between objects has the entries of both sides", () => {
    expect(entriesOf(readLog(BETWEEN)).map(({ entry }) => entry)).toEqual([{ a: 1 }, { b: 1 }]);
    expect(invalidsOf(readLog(BETWEEN)).map(({ raw }) => raw)).toEqual([
      "<<<<<<< HEAD",
      "||||||| base\n=======",
      ">>>>>>> x",
    ]);
  });
});

describe("repair", () => {
  const repaired = (text: string, side?: "ours" | "theirs" | "both"): unknown => {
    const result = repairTaskLog(encodeText(text), "TASK-LOG.json", side && { side });
    expect(result.outcome).toBe("repaired");
    return JSON.parse(decodeText(result.bytes));
  };

  test("keeps every fragment as text when nothing is chosen", () => {
    expect(repaired('[{"a":1}, oops {"b":1}')).toEqual([{ a: 1 }, { invalid: "oops" }, { b: 1 }]);
    expect(repaired(BETWEEN)).toHaveLength(5);
    const { kept, invalidKept, report } = repairTaskLog(encodeText(INSIDE), "TASK-LOG.json");
    expect([kept, invalidKept, report.length]).toEqual([1, 1, 1]);
  });

  test("makes entries of the chosen sides of a conflict, whose markers go", () => {
    const [ours, theirs] = ["task-032", "task-033"].map((task_id) => ({ task_id, agent: "b" }));
    expect(repaired(INSIDE, "ours")).toEqual([{ a: 1 }, ours]);
    expect(repaired(INSIDE, "theirs")).toEqual([{ a: 1 }, theirs]);
    expect(repaired(INSIDE, "both")).toEqual([{ a: 1 }, ours, theirs]);
    expect(repaired(BETWEEN, "both")).toEqual([{ a: 1 }, { b: 1 }]);
  });

  test("keeps bytes that are not UTF-8 as digits beside their text", () => {
    const { bytes } = repairTaskLog(Uint8Array.of(0x5b, 0x7b, 0xff, 0x7d), "TASK-LOG.json");
    expect(JSON.parse(decodeText(bytes))).toEqual([{ invalid: "{\ufffd}", invalid_bytes: "7bff7d" }]);
  });

  test("leaves alone what is not broken and what cannot be read", () => {
    for (const text of ["", "[]", '{"a":1}', '{"a":1}\n{"b":1}', "5"]) {
      const bytes = encodeText(text);
      expect(repairTaskLog(bytes, "TASK-LOG.json")).toMatchObject({ outcome: "nothing-to-repair", bytes });
    }
    expect(repairTaskLog(encodeText("[".repeat(2_000)), "TASK-LOG.json").outcome).toBe("refused");
  });
});

const piece = fc.constantFrom(
  ...[
    ROW,
    '{"a":1}',
    '{"ü":"\\"}"}',
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "\n  ",
    "\r\n",
    '"',
    "//x",
    "/*",
    "*/",
    "oops",
    "\0",
    "{bad}",
    "\n{",
  ],
  ...["\n<<<<<<< HEAD\n", "\n|||||||\n", "\n=======\n", "\n>>>>>>> x\n", '\n  {\n    "b": 2\n  },'],
);
const broken = fc
  .tuple(fc.boolean(), fc.array(fc.oneof(piece.map(encodeText), fc.uint8Array({ maxLength: 2 })), { maxLength: 30 }))
  .map(([hasMark, pieces]) => concatBytes([encodeText(hasMark ? "\ufeff" : ""), ...pieces]))
  .filter((bytes) => readTaskLog(bytes, "TASK-LOG.json").append === "pending");

test.each(["{", "[", '"', "{\n", "{a}", "/*", "//\n", "}", '{"', "\\", "{\n<<<<<<< a\n", "=======\n", '{"a":[', "\0"])(
  "200,000 bytes of %j are read in one walk",
  (pattern) => {
    const log = readLog(`[${ROW},\n${pattern.repeat(200_000 / pattern.length)}`);
    expect(log.level).toBe(3);
    expect(log.items.length).toBeLessThanOrEqual(2);
  },
);

describe("for any broken file", () => {
  test("items, white space, commas and brackets are all there is", () => {
    fc.assert(
      fc.property(broken, (bytes) => {
        const log = readTaskLog(bytes, "TASK-LOG.json");
        let from = decodeText(bytes).startsWith("\ufeff") ? 3 : 0;
        for (const span of [...log.items.map((item) => item.span), { start: bytes.length, end: bytes.length }]) {
          expect(decodeText(bytes.subarray(from, span.start))).toMatch(/^[ \t\r\n,[\]]*$/);
          from = span.end;
        }
        for (const item of invalidsOf(log)) expect(item.raw).toBe(rawOf(bytes, item));
        expect(log.items.some(({ kind }) => kind === "invalid") || log.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("of more problems than a call takes arguments is repaired", () => {
    const result = repairTaskLog(encodeText(`[${"{}".repeat(150_000)}]`), "TASK-LOG.json");
    expect([result.kept, result.report.length]).toEqual([150_000, 149_999]);
  });

  test("a repair is a level 0 log with every entry and every fragment", () => {
    fc.assert(
      fc.property(broken, (bytes) => {
        const before = readTaskLog(bytes, "TASK-LOG.json");
        const result = repairTaskLog(bytes, "TASK-LOG.json");
        const after = readTaskLog(result.bytes, "TASK-LOG.json");
        expect([after.level, after.problems]).toEqual([0, []]);
        const expected = before.items.map((item) => (item.kind === "entry" ? rawOf(bytes, item) : item.raw));
        const kept = entriesOf(after).map((item, index) =>
          before.items[index]?.kind === "entry" ? rawOf(result.bytes, item) : item.entry["invalid"],
        );
        expect(kept).toEqual(expected);
        expect(result.kept + result.invalidKept).toBe(after.items.length);
      }),
      { numRuns: 500 },
    );
  });
});
