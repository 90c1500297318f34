import { expect, it } from "vitest";
import { pickedText, placedChanges, segmentsOf } from "./pick-changes.ts";

const before = "# A\n\none\ntwo\nthree\nfour\nfive\n";
const after = "# A\n\nONE\ntwo\nthree\nmore\nfour\n";

it("gives back either text when all or none of the changes are taken", () => {
  const segments = segmentsOf(before, after);
  expect(pickedText(segments, () => true)).toBe(after);
  expect(pickedText(segments, () => false)).toBe(before);
});

it("takes one place and leaves the others", () => {
  const segments = segmentsOf(before, after);
  expect(segments.filter(({ kind }) => kind === "change")).toHaveLength(3);
  expect(pickedText(segments, (change) => change === 1)).toBe("# A\n\none\ntwo\nthree\nmore\nfour\nfive\n");
});

it("keeps line ends and a missing last one as they are", () => {
  const segments = segmentsOf("a\r\nb\r\nc", "a\r\nB\r\nc");
  expect(pickedText(segments, () => true)).toBe("a\r\nB\r\nc");
  expect(pickedText(segmentsOf("", "new"), () => false)).toBe("");
});

it("shows each change with the lines around it and its true place in both versions", () => {
  const placed = placedChanges(segmentsOf(before, after));
  expect(placed.map(({ number }) => number)).toEqual([0, 1, 2]);
  expect(placed[0]).toMatchObject({
    before: "# A\n\none\ntwo\nthree\n",
    after: "# A\n\nONE\ntwo\nthree\n",
    linesAbove: { before: 0, after: 0 },
  });
  expect(placed[1]).toMatchObject({ before: "two\nthree\nfour\n", after: "two\nthree\nmore\nfour\n" });
  expect(placed[2]).toMatchObject({ before: "four\nfive\n", after: "four\n", linesAbove: { before: 5, after: 6 } });
});
