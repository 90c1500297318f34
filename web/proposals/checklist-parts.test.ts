import { expect, it } from "vitest";
import { cardParts } from "./checklist-parts.ts";

const box = (text: string, number: number) => ({ text, number, isChecked: false });

it("makes sections of boxes tickable, each with its own numbers", () => {
  const sections = [
    { name: "Goal", text: "Some text." },
    { name: "Requirements", text: "- [ ] one\n- [x] two" },
    { name: "Criteria", text: "* [ ] one" },
  ];
  const parts = cardParts({ sections, checklist: [box("one", 0), box("two", 1), box("one", 2)] }, "Checklist");
  expect(parts.map((part) => (part.kind === "text" ? part.text : part.boxes.map(({ number }) => number)))).toEqual([
    "Some text.",
    [0, 1],
    [2],
  ]);
});

it("keeps text with boxes in it as text, and lists the boxes at the end", () => {
  const sections = [{ name: "Notes", text: "Before\n- [ ] one" }];
  const parts = cardParts({ sections, checklist: [box("one", 0)] }, "Checklist");
  expect(parts.map(({ kind, name }) => [kind, name])).toEqual([
    ["text", "Notes"],
    ["boxes", "Checklist"],
  ]);
});
