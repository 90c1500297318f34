import fc from "fast-check";
import { expect, it } from "vitest";
import { blockDiff } from "./block-diff.ts";
import { type DiffRow, lineDiff } from "./line-diff.ts";

const text = fc
  .array(fc.constantFrom("a", "b", "## c", "", "a long line of words", "a long line of other words"), { maxLength: 12 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));

const side = (rows: readonly DiffRow[], left: "added" | "removed"): string =>
  rows.flatMap((row) => (row.kind === "gap" || row.kind === left ? [] : [`${row.text}\n`])).join("");

it("holds both texts whole, with every line under its number", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { rows, added, removed } = lineDiff(before, after, { whole: true });
      expect(side(rows, "added")).toBe(before);
      expect(side(rows, "removed")).toBe(after);
      expect(rows.flatMap((row) => ("before" in row ? [row.before] : []))).toEqual(
        before
          .split("\n")
          .slice(0, -1)
          .map((_, at) => at + 1),
      );
      expect([added, removed]).toEqual([
        rows.filter((row) => row.kind === "added").length,
        rows.filter((row) => row.kind === "removed").length,
      ]);
    }),
  );
});

it("leaves out equal lines far from a change, and names the section that follows", () => {
  const lines = Array.from({ length: 30 }, (_, at) => (at === 12 ? "## Scope" : `line ${at}`));
  const changed = lines.with(20, "another line");
  const { rows, changes } = lineDiff(lines.join("\n"), changed.join("\n"));
  expect(rows[0]).toEqual({ kind: "gap", lines: 17, heading: "## Scope" });
  expect(rows.at(-1)).toMatchObject({ kind: "gap", lines: 6 });
  expect(changes).toEqual([4]);
});

it("marks the words that changed inside a line, and none where little is shared", () => {
  const { rows } = lineDiff("states its accuracy.\n", "states its largest error.\n");
  expect(
    rows.map((row) => "words" in row && row.words?.filter(({ isChanged }) => isChanged).map((word) => word.text)),
  ).toEqual([["accuracy"], ["largest error"]]);
  expect(lineDiff("all of this goes\n", "nothing here is kept\n").rows.every((row) => !("words" in row))).toBe(true);
});

it("sees no change in line ends alone", () => {
  expect(lineDiff("a\r\nb", "a\nb\n").changes).toEqual([]);
});

it("reads Markdown block by block, and a list item by item", () => {
  const changes = blockDiff("# T\n\nsame\n\n- one\n- three\n", "# T\n\nsame\n\n- one\n- two\n- three\n\nnew\n");
  expect(changes).toEqual([
    { kind: "same", text: "# T\n\nsame\n\n- one" },
    { kind: "added", text: "- two" },
    { kind: "same", text: "- three" },
    { kind: "added", text: "new" },
  ]);
});
