// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { parse, postprocess, preprocess } from "micromark";
import { expect, test } from "vitest";
import { ALL_PROTECTIONS } from "./compose-unit.ts";
import { editConversation } from "./edit-conversation.ts";
import { markerLines, missingHeadings } from "./headings-rig.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const RUNS = Number(process.env["FOLIO_PROPERTY_RUNS"] ?? 20_000);
const seeds = Array.from({ length: RUNS }, (_, index) => index + 1);

function headingsOfMicromark(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let depth = 0;
  const chunks = preprocess()(text, "utf8", true);
  for (const [change, token] of postprocess(parse().document().write(chunks))) {
    if (/^(?:blockQuote|listOrdered|listUnordered)$/.test(token.type)) depth += change === "enter" ? 1 : -1;
    if (change === "enter" && depth === 0 && token.type === "atxHeading") lines.add(token.start.line);
  }
  return lines;
}

test(`every heading of ${RUNS} hostile conversations is one for micromark`, () => {
  expect(seeds.filter((seed) => missingHeadings(seed, ALL_PROTECTIONS, headingsOfMicromark) > 0)).toEqual([]);
}, 600_000);

test("without the guard micromark loses headings: the property can fail", () => {
  const protections = { escape: "on", guard: "off" } as const;
  const bad = seeds.slice(0, 300).filter((seed) => missingHeadings(seed, protections, headingsOfMicromark) > 0);
  expect(bad.length).toBeGreaterThan(20);
});

test("a message behind one that somebody wrote by hand, with an open fence, is a heading too", () => {
  for (const body of ["```\ncode", "~~~\ncode\n", "<!-- open", "<pre>\n\n", "<?php\n\n\n", "<![CDATA["]) {
    const hand = parseConversation(new TextEncoder().encode(`### You <!-- message id=a -->\n${body}`));
    const next = { id: "b", parent: "a", role: "user", label: "You", attributes: {}, text: "x", parts: [] };
    const edited = editConversation(hand, [{ type: "add-message", message: next }]);
    const text = new TextDecoder().decode(writeConversation(edited));
    expect(headingsOfMicromark(text), text).toEqual(new Set(markerLines(edited)));
    expect(edited.messages[0]?.text, text).toBe(hand.messages[0]?.text);
  }
});
