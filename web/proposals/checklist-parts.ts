import type { CardView } from "../../shared/proposals.ts";

type Box = CardView["checklist"][number];

export type CardPart =
  | { readonly kind: "text"; readonly name: string; readonly text: string }
  | { readonly kind: "boxes"; readonly name: string; readonly boxes: readonly Box[] };

const boxLine = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX~-]\](?:\s|$)/;

/**
 * A card's sections in their order; those that hold nothing but boxes as boxes to tick. Boxes that are in no such section
 * stand in a list of their own at the end.
 */
export function cardParts(
  { sections, checklist }: Pick<CardView, "sections" | "checklist">,
  rest: string,
): readonly CardPart[] {
  const taken = new Set<number>();
  const parts = sections.map(({ name, text }): CardPart => {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    if (lines.length === 0 || !lines.every((line) => boxLine.test(line))) return { kind: "text", name, text };
    const boxes = boxesOf(lines, checklist, taken);
    if (boxes === undefined) return { kind: "text", name, text };
    for (const { number } of boxes) taken.add(number);
    return { kind: "boxes", name, boxes };
  });
  const others = checklist.filter(({ number }) => !taken.has(number));
  return others.length === 0 ? parts : [...parts, { kind: "boxes", name: rest, boxes: others }];
}

/** The run of boxes of the checklist that these lines are; undefined when it is not found. */
function boxesOf(
  lines: readonly string[],
  checklist: readonly Box[],
  taken: ReadonlySet<number>,
): readonly Box[] | undefined {
  const texts = lines.map((line) => line.replace(boxLine, "").trim());
  const start = checklist.findIndex(
    (box, at) => !taken.has(box.number) && texts.every((text, index) => checklist[at + index]?.text.trim() === text),
  );
  return start === -1 ? undefined : checklist.slice(start, start + texts.length);
}
