import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { appendRecord, removeRecord, setRecordField } from "./edit-records.ts";
import { byteOffsetAt, readLines, trimBlanks } from "./lines.ts";
import { anyMarkdown, anyText } from "./markdown-rig.ts";
import { isHarmless, oneLine, safeBlock } from "./plain-text.ts";
import { readRecords } from "./read-records.ts";
import type { MarkdownRecord, RecordKind } from "./record.ts";

const anyKind = fc.constantFrom<RecordKind>("Agent", "Task");

function recordsIn(bytes: Uint8Array, kind: RecordKind): readonly MarkdownRecord[] {
  return readRecords(bytes, kind).pieces.filter((piece) => piece.type === "record");
}

describe("record Markdown", () => {
  it("is read whatever the bytes, and preamble and pieces cover the file without a gap", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, (bytes, kind) => {
        const { preamble, pieces } = readRecords(bytes, kind);
        let end = preamble.end;
        expect(preamble.start).toBe(0);
        for (const piece of pieces) {
          expect(piece.span.start).toBe(end);
          expect(piece.span.end).toBeGreaterThan(piece.span.start);
          end = piece.span.end;
        }
        expect(end).toBe(bytes.length);
      }),
      { numRuns: 800 },
    );
  });

  it("keeps fields and body inside their record, in order, and every value where its span says", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, (bytes, kind) => {
        for (const record of recordsIn(bytes, kind)) {
          let at = record.head.end;
          for (const { span, valueSpan, value, flags } of record.fields) {
            expect(span.start).toBeGreaterThanOrEqual(at);
            expect(valueSpan.start).toBeGreaterThan(span.start);
            expect(valueSpan.end).toBeGreaterThanOrEqual(valueSpan.start);
            expect(valueSpan.end).toBeLessThanOrEqual(span.end);
            const lines = decodeText(bytes.subarray(valueSpan.start, valueSpan.end)).split(/\r\n|\n|\r/);
            expect(lines.map(trimBlanks).filter(Boolean).join(" ")).toBe(value);
            expect(flags.includes("empty")).toBe(value === "");
            at = span.end;
          }
          expect(record.body.start).toBeGreaterThanOrEqual(at);
          expect(record.body.end).toBeLessThanOrEqual(record.span.end);
        }
      }),
      { numRuns: 800 },
    );
  });

  it("takes a field's new value and changes no byte outside the old one", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, anyText, fc.nat(), fc.nat(), (bytes, kind, text, recordAt, fieldAt) => {
        const records = recordsIn(bytes, kind);
        const record = records[recordAt % records.length];
        const field = record?.fields[fieldAt % (record.fields.length || 1)];
        if (record === undefined || field === undefined || field.flags.includes("repeated")) return;
        const edited = setRecordField(bytes, record, field.name, text);
        const tail = bytes.length - field.valueSpan.end;
        expect(edited.subarray(0, field.valueSpan.start)).toEqual(bytes.subarray(0, field.valueSpan.start));
        expect(edited.subarray(edited.length - tail)).toEqual(bytes.subarray(field.valueSpan.end));
        const again = recordsIn(edited, kind);
        expect(again.map(({ key }) => key)).toEqual(records.map(({ key }) => key));
        const read = again[recordAt % records.length]?.fields.find(({ name }) => name === field.name);
        expect(read?.value).toBe(decodeText(encodeText(oneLine(text))));
      }),
      { numRuns: 1200 },
    );
  });

  it("takes a value in the place of one that stands below the field's name, and it starts no line", () => {
    const bytes = encodeText("## Agent: `planner`\n* **Source:**\nbelow\n\nBody\n");
    const [record] = recordsIn(bytes, "Agent");
    if (record === undefined) throw new Error("no record");
    expect(record.fields[0]?.value).toBe("below");
    const edited = setRecordField(bytes, record, "Source", "## Agent: `planner`");
    expect(decodeText(edited)).toBe("## Agent: `planner`\n* **Source:** ## Agent: `planner`\n\nBody\n");
  });

  it("gets a field that it lacks behind the others, and no byte of the file is changed", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, anyText, fc.nat(), (bytes, kind, text, recordAt) => {
        const records = recordsIn(bytes, kind);
        const record = records[recordAt % records.length];
        if (record === undefined) return;
        const edited = setRecordField(bytes, record, "Owner", text);
        const at = record.fields.at(-1)?.span.end ?? record.head.end;
        expect(edited.subarray(0, at)).toEqual(bytes.subarray(0, at));
        expect(edited.subarray(edited.length - (bytes.length - at))).toEqual(bytes.subarray(at));
        const again = recordsIn(edited, kind);
        expect(again.length).toBe(records.length);
        const read = again[recordAt % records.length]?.fields.at(-1);
        expect(read).toMatchObject({ name: "Owner", value: decodeText(encodeText(oneLine(text))) });
      }),
      { numRuns: 1200 },
    );
  });

  it("takes one more record behind any bytes, even behind an open fence or comment", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, (bytes, kind) => {
        const before = recordsIn(bytes, kind);
        const edited = appendRecord(bytes, `## ${kind}: \`newest_one\` — Title\n\n- **Role:** x`);
        expect(edited.subarray(0, bytes.length)).toEqual(bytes);
        const after = recordsIn(edited, kind);
        expect(after.map(({ key }) => key)).toEqual([...before.map(({ key }) => key), "newest_one"]);
        expect(after.at(-1)).toMatchObject({ title: "Title", fields: [{ name: "Role", value: "x" }] });
      }),
      { numRuns: 1200 },
    );
  });

  it("loses exactly the record that is taken out", () => {
    fc.assert(
      fc.property(anyMarkdown, anyKind, fc.nat(), (bytes, kind, at) => {
        const records = recordsIn(bytes, kind);
        const gone = records[at % records.length];
        if (gone === undefined) return;
        const keys = recordsIn(removeRecord(bytes, gone), kind).map(({ key }) => key);
        expect(keys).toEqual(records.filter((record) => record !== gone).map(({ key }) => key));
      }),
      { numRuns: 400 },
    );
  });

  it("does not count heads in fences, quotes, lists, comments and indented code", () => {
    const text = [
      "```\n## Agent: `fenced`\n```",
      "> ## Agent: `quoted`",
      "- list\n\n  ## Agent: `listed`",
      "<!--\n## Agent: `hidden`\n-->",
      "    ## Agent: `indented`",
      "- ```\n  ## Agent: `inner`\n\n## Agent: `real`\n\n- **Role:** x",
    ].join("\n\n");
    expect(recordsIn(encodeText(text), "Agent").map(({ key }) => key)).toEqual(["real"]);
  });

  it("joins continuation lines and flags what is unusual", () => {
    const text =
      "## Agent: `a`\r\n\r\n- **Role**: one  \r\n  two\r\nthree\r\n- **Goal:** “x”\r\n- **role:** again\r\n- **Next:**\r\n";
    const [record] = recordsIn(encodeText(text), "Agent");
    expect(record?.fields.map(({ name, value, flags }) => ({ name, value, flags }))).toEqual([
      { name: "Role", value: "one two three", flags: ["colon-outside", "hard-break"] },
      { name: "Goal", value: "“x”", flags: ["smart-quotes"] },
      { name: "role", value: "again", flags: ["repeated"] },
      { name: "Next", value: "", flags: ["empty"] },
    ]);
  });

  it("ends an agent before the next heading of level 1 or 2, a task before the next task", () => {
    const agents = "## Agent: `a`\n\nbody\n\n---\n\n## Notes\n\ntext\n\n## Agent: `b`\n\n### Deep\n\nNotes\n=====\nx\n";
    const pieces = readRecords(encodeText(agents), "Agent").pieces.map(({ type }) => type);
    expect(pieces).toEqual(["record", "between", "record", "between"]);
    const tasks = "## Task: `a`\n\n## Notes\n\n## Task: `b`\n\n# More\n";
    expect(readRecords(encodeText(tasks), "Task").pieces.map(({ type }) => type)).toEqual(["record", "record"]);
  });

  it("takes a closing `---` for a separator, also without a blank line above it", () => {
    const text = "## Agent: `a`\n\nSome text\n---\n\n## Agent: `b`\n\nMore text\n---\n";
    const bytes = encodeText(text);
    const bodies = recordsIn(bytes, "Agent").map(({ body }) => decodeText(bytes.subarray(body.start, body.end)));
    expect(bodies).toEqual(["Some text\n", "More text\n"]);
  });

  it("knows the byte of every character, in lines that are not UTF-8 too", () => {
    fc.assert(
      fc.property(anyMarkdown, (bytes) => {
        const lines = readLines(bytes);
        for (const [index, text] of lines.texts.entries()) {
          const start = lines.starts[index] ?? 0;
          expect(byteOffsetAt(lines, index, 0)).toBe(start);
          expect(byteOffsetAt(lines, index, text.length)).toBe(lines.ends[index]);
          const characters = [...text].slice(0, 20);
          let at = 0;
          for (const character of characters) {
            const read = decodeText(bytes.subarray(start, byteOffsetAt(lines, index, at)));
            expect(read).toBe(text.slice(0, at));
            at += character.length;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("text that is written into a record", () => {
  it("starts no heading of levels 1 to 3, separates nothing and leaves nothing open, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const block = safeBlock(text);
        expect(isHarmless(block)).toBe(true);
        const file = encodeText(`## Task: \`a\` — x\n\n### Goal\n${block}\n\n## Task: \`b\` — y\n`);
        expect(recordsIn(file, "Task").map(({ key }) => key)).toEqual(["a", "b"]);
      }),
      { numRuns: 1200 },
    );
  });

  it("keeps what is harmless as it is, puts a back-slash before a heading, and fences what stays open", () => {
    expect(safeBlock("One.\n\n#### Deep\n\n```\n## in code\n```")).toBe("One.\n\n#### Deep\n\n```\n## in code\n```");
    expect(safeBlock("## Task: `x` — y\r\ntext\n---")).toBe("\\## Task: `x` — y\ntext\n\\---");
    expect(safeBlock("```\n## Task: `x`")).toBe("````text\n```\n## Task: `x`\n````");
  });
});
