import { expect, test } from "vitest";
import { encodeText } from "../../chat-format/bytes.ts";
import { appendProposal } from "../proposals/compose-proposal.ts";
import { readBoard } from "../proposals/read-board.ts";
import { readRoster } from "../roster/read-roster.ts";
import { safeBlock } from "./plain-text.ts";

const SIZE = 8_000;
const times = (text: string, size: number) => text.repeat(Math.ceil(size / text.length));

/** Texts of about `size` characters that make careless code look at them again and again. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  "records of one key": (size) => times("## Task: `a` — b\n- **Status:** proposed\n- [ ] c\n", size),
  "agents of one key": (size) => times("## Agent: `a`\n- **Goal:** `PRD.md`\n", size),
  "heads without a key": (size) => times("## Agent: A b\n", size),
  "heads before many blank lines": (size) => times("## Task: a\n", size / 2) + times("\n", size / 2),
  "fields of one record": (size) => `## Task: \`a\`\n${times("- **a:** b\n", size)}`,
  "one field of many lines": (size) => `## Task: \`a\`\n- **a:** b\n${times("  c\n", size)}`,
  "a field of stars": (size) => `## Task: \`a\`\n- **${times("a:*", size)}`,
  "a field of blanks": (size) => `## Task: \`a\`\n- **a:**${times(" ", size)}b${times(" ", size)}!`,
  "tasks by number": (size) => times("## Task 1: a\n### b\n", size),
  "a task and many headings": (size) => `# Task 1\n${times("###### b\n", size)}`,
  "an agent behind many dashes": (size) => `# Task 1: ${times(" - a", size)} !`,
  "a number of many points": (size) => `# Task 1${times(".1", size)}!`,
  "separators below text": (size) => times("a\n---\n\n", size),
  boxes: (size) => times("- [ ] a\n", size),
  "nested boxes": (size) => `- [ ] a\n${times("  - [ ] b\n", size)}`,
  "a box on many lines": (size) => `- [ ] a\n${times("b\n", size)}`,
  "lines of emoji": (size) => times("🕒 a\n", size),
  "a row of many cells": (size) => `Task${times("|é", size)}\n-${times("|-", size)}\n${times("é|", size)}\n`,
  rows: (size) => `|Task|\n|-|\n${times("|a|\n", size)}`,
  tables: (size) => times("|Task|\n|-|\n\n", size),
  blocks: (size) => times("===TASK===\n", size),
  "almost blocks": (size) => `==${times(" ", size)}\n==TASK${times(" ", size)}\n`,
  roles: (size) => `## Roles\n${times("- **a** – b\n", size)}`,
  "headings of agents in agents": (size) => times("### Agent: a\n#### Agent: b\n", size),
  "brackets behind an agent": (size) => times(`### Agent: ${"(".repeat(900)}\n`, size),
  duties: (size) => `## Agent: A b\n${times("### c\n", size)}`,
  "feedback ids": (size) => `## Task: \`a\`\n- **Source:** ${times("fb-a ", size)}`,
  "almost feedback ids": (size) => `## Task: \`a\`\n- **Source:** ${times("fb-", size)}`,
  "back-ticks": (size) => `## Task: \`a\`\n- **Agent:** ${times("`", size)}a`,
  "line ends": (size) => times("\n", size),
  "carriage returns": (size) => times("\r", size),
  "deep lists": (size) => `${times("- ", size)}[ ] a\n${times("\n", size)}`,
};

function doAll(text: string): void {
  const bytes = encodeText(text);
  readRoster(bytes, ".codex/AGENTS.md");
  readBoard(bytes);
  appendProposal(bytes, { key: "pt-000000", title: text, proposedBy: "a", date: "2025-06-27" });
  safeBlock(text);
}

/** Processor time in milliseconds: what others do on the machine does not count. */
function cost(text: string): number {
  const start = process.cpuUsage();
  doAll(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

test.each(Object.entries(texts))("eight times as much of it costs far less than the square: %s", (_name, make) => {
  doAll(make(SIZE / 4));
  // Linear is about 8, quadratic 64; a few milliseconds are noise.
  const most = Math.max(cost(make(SIZE)), 8) * 30;
  const runs = [0, 1, 2].values().map(() => cost(make(SIZE * 8)));
  expect(runs.some((large) => large < most)).toBe(true);
});
