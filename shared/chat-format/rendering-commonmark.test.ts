// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { type Node, Parser } from "commonmark";
import { expect, test } from "vitest";
import { hostileText, seededChance } from "./adversarial-rig.ts";
import { openBlockAtEnd } from "./block-scanner.ts";
import { ALL_PROTECTIONS } from "./compose-unit.ts";
import { isDisputed } from "./disputed-body.ts";
import { editConversation } from "./edit-conversation.ts";
import { guardCloser } from "./guard.ts";
import { markerLines, missingHeadings } from "./headings-rig.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";

const RUNS = Number(process.env["FOLIO_PROPERTY_RUNS"] ?? 20_000);
const seeds = Array.from({ length: RUNS }, (_, index) => index + 1);

function headingsOfCommonmark(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  const root: Node = new Parser().parse(text);
  for (let node = root.firstChild; node !== null; node = node.next) {
    if (node.type === "heading" && node.level === 3) lines.add(node.sourcepos[0][0]);
  }
  return lines;
}

test(`every heading of ${RUNS} hostile conversations is one for commonmark.js`, () => {
  expect(seeds.filter((seed) => missingHeadings(seed, ALL_PROTECTIONS, headingsOfCommonmark) > 0)).toEqual([]);
}, 600_000);

test("without the guard commonmark.js loses headings: the property can fail", () => {
  const protections = { escape: "on", guard: "off" } as const;
  const bad = seeds.slice(0, 300).filter((seed) => missingHeadings(seed, protections, headingsOfCommonmark) > 0);
  expect(bad.length).toBeGreaterThan(20);
});

test("what stays open at the end of a text is what commonmark.js leaves open", () => {
  const probe = "### probe";
  for (const seed of seeds.slice(0, RUNS / 4)) {
    const body = hostileText(seededChance(seed));
    if (isDisputed(body)) continue;
    const open = openBlockAtEnd(body);
    const isSwallowed = open?.type === "fence" || (open?.type === "html" && open.kind < 6);
    const text = `${body}\n\n${probe}\n`;
    const lastLine = text.split(/\r\n|\n|\r/).length - 1;
    expect(headingsOfCommonmark(text).has(lastLine), JSON.stringify(body)).toBe(!isSwallowed);
    expect(guardCloser(body) !== undefined, JSON.stringify(body)).toBe(isSwallowed);
  }
}, 60_000);

test("a message behind one that somebody wrote by hand, with an open fence, is a heading too", () => {
  for (const body of ["```\ncode", "~~~\ncode\n", "<!-- open", "<pre>\n\n", "<?php\n\n\n", "<![CDATA["]) {
    const hand = parseConversation(new TextEncoder().encode(`### You <!-- message id=a -->\n${body}`));
    const next = { id: "b", parent: "a", role: "user", label: "You", attributes: {}, text: "x", parts: [] };
    const edited = editConversation(hand, [{ type: "add-message", message: next }]);
    const text = new TextDecoder().decode(writeConversation(edited));
    expect(headingsOfCommonmark(text), text).toEqual(new Set(markerLines(edited)));
    expect(edited.messages[0]?.text, text).toBe(hand.messages[0]?.text);
  }
});
