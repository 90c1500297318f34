import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import type { Board } from "./board.ts";
import { EXAMPLE, firstCard, proposal } from "./board-rig.ts";
import { appendProposal } from "./compose-proposal.ts";
import { setCardField, setProposalStatus, statusChoices } from "./edit-board.ts";
import { readBoard } from "./read-board.ts";

const boardOf = (text: string) => readBoard(encodeText(text));

const brief = ({ cards }: Board) =>
  cards.map(({ title, status, lane }) => [title, status ?? "", lane ?? ""].join(" | "));

describe("a board of another form", () => {
  it.each<[string, string, string, string[]]>([
    [
      "boxes below headings",
      "checkboxes",
      "# Work\n\n- [ ] one\n  wraps\n  - [x] sub\n- [x] two - [ ] glued\n\n## Later ✅\n\n* [~] three\n1. [-] four\n\n```\n- [ ] code\n```\n",
      [
        "one wraps | proposed | Work",
        "two - [ ] glued | done | Work",
        "three | in-progress | Later",
        "four | rejected | Later",
      ],
    ],
    [
      "lanes",
      "lanes",
      "# B\n\n- intro\n\n## Now\n\n- a\n- b\n  - c\n\n## In Arbeit (2)\n- d\n",
      ["a |  | Now", "b |  | Now", "d |  | In Arbeit (2)"],
    ],
    [
      "tables",
      "tables",
      "## Open\n\n| # | Task | Status |\n|--|:--|--|\n| 1 | é \\| b | done |\n| 2 | c | 🚧 |\n\n## Closed\n\nTask | State\n--- | ---\nd | In Progress\n",
      ["é | b | done | Open", "c | in-progress | Open", "d | in-progress | Closed"],
    ],
    [
      "headings `Task N`",
      "task-headings",
      "# Plan\n\n## Phase 1\n\n### Task 0.1: First\n**Status**: Done\n- [ ] ✅ box\n\n### Task 2 — Second\n- **Status:** todo\n\n## Phase 2\n\n### ✅ Task 3. Third\n\n# Task 12: Twelfth - some_agent\n",
      ["First | done | Phase 1", "Second | proposed | Phase 1", "Third | done | Phase 2", "Twelfth |  | Phase 2"],
    ],
    [
      "status emoji",
      "emoji",
      "# T\n\n🕒 = planned ✅ = done\n\n- 🕒 one\n- ✅ two\n  wraps\n- ❌\n\n🚧 three\n",
      ["one | proposed | T", "two wraps | done | T", "three | in-progress | T"],
    ],
    [
      "blocks",
      "blocks",
      "# CI\n\n===TASK===\nstatus: wip\nid: 7\n---\nfix: the build\n\n## Context\n- [ ] x\n\n===TASK===\ntitle: Other\n===END===\n",
      ["fix: the build | in-progress | ", "Other |  | "],
    ],
  ])("is read: %s", (_name, shape, text, cards) => {
    const board = boardOf(text);
    expect(board.shape).toBe(shape);
    expect(brief(board)).toEqual(cards);
    expect(board.isReadOnly).toBe(true);
    expect(appendProposal(encodeText(text), proposal)).toBeUndefined();
    expect(brief(boardOf(text.replaceAll("\n", "\r\n")))).toEqual(cards);
  });

  it("is empty without bytes, with one heading, or with what a new board starts with", () => {
    for (const text of [
      "",
      "\ufeff",
      "\n\n",
      "# Tasks\n",
      "Tasks\n=====\n",
      EXAMPLE.slice(0, EXAMPLE.indexOf("## Task")),
    ]) {
      expect(boardOf(text)).toMatchObject({ shape: "empty", cards: [] });
    }
    expect(boardOf("# Tasks\n\nNothing yet.\n\n- a bullet\n").shape).toBe("document");
    expect(boardOf("# Tasks\n\n```\n- [ ] code\n```\n").shape).toBe("document");
  });

  it("is ours by the first `## Task:` record, whatever else the file holds", () => {
    const board = boardOf("## Task 1: x\n- ✅ y\n| Task |\n|-|\n| z |\n\n## Task: `a` — b\n\n## Task: no key\n");
    expect(board).toMatchObject({ shape: "proposals", cards: [{ key: "a" }], invalid: [{ raw: "## Task: no key\n" }] });
  });

  it("keeps the agent and the boxes of a task heading", () => {
    const [card] = boardOf("# Task 12: Log in - some_agent\n\n**Date**: 2025-06-27\n\n- [x] é one\n- [ ] two\n").cards;
    expect(card).toMatchObject({ key: "12", title: "Log in", agent: "some_agent", date: "2025-06-27" });
    expect(card?.checklist.map(({ text, isChecked }) => [text, isChecked])).toEqual([
      ["é one", true],
      ["two", false],
    ]);
  });

  it("takes a status as a box, an emoji or a word, and back", () => {
    const rows: readonly (readonly [string, string])[] = [
      ["- [ ] é\n- [ ] b\n", "- [x] é\n- [ ] b\n"],
      ["é\n\n- 🕒 a\n", "é\n\n- ✅ a\n"],
      ["| Task | Status |\n|-|-|\n| é | 🕒 |\n", "| Task | Status |\n|-|-|\n| é | ✅ |\n"],
      ["| Task | Status |\n|-|-|\n| é | Proposed |\n", "| Task | Status |\n|-|-|\n| é | Done |\n"],
      ["# Task 1: é\n**Status:** proposed\n", "# Task 1: é\n**Status:** done\n"],
    ];
    for (const [from, to] of rows) {
      const bytes = encodeText(from);
      const there = setProposalStatus(bytes, firstCard(bytes), "done") ?? bytes;
      expect(decodeText(there)).toBe(to);
      expect(decodeText(setProposalStatus(there, firstCard(there), "proposed") ?? there)).toBe(from);
    }
    const boxes = encodeText("- [ ] a\n");
    expect(setProposalStatus(boxes, firstCard(boxes), "accepted")).toBeUndefined();
    expect(statusChoices(readBoard(boxes), firstCard(boxes))).toEqual(["in-progress", "done", "rejected"]);
    expect(setCardField(boxes, firstCard(boxes), "Agent", "x")).toBeUndefined();
  });
});
