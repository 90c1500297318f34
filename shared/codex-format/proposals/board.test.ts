import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { anyMarkdown, anyText } from "../records/markdown-rig.ts";
import { oneLine } from "../records/plain-text.ts";
import { type Board, type BoardCard, type NewProposal, PROPOSAL_STATUSES } from "./board.ts";
import { boardJson } from "./board-json.ts";
import { nextStatuses } from "./board-status.ts";
import { appendProposal, newProposalKey } from "./compose-proposal.ts";
import { setCardField, setProposalStatus, statusChoices, toggleCheckbox } from "./edit-board.ts";
import { PROPOSAL_KEY } from "./proposal-cards.ts";
import { readBoard } from "./read-board.ts";
import { taskDocument } from "./task-document.ts";

const boardOf = (text: string) => readBoard(encodeText(text));
const proposal: NewProposal = {
  key: "pt-7k2m9q",
  title: "Add a contact page",
  proposedBy: "feedback_interpreter",
  date: "2025-06-27",
  agent: "frontend_specialist",
  priority: "medium",
  source: "fb-01jz2y",
  goal: "One place to reach the team.",
  requirements: ["A page with e-mail, partnership form, chat invite"],
  outputFiles: ["apps/studio/src/app/contact/page.tsx"],
  completionCriteria: ["Linked from the side bar"],
};
const EXAMPLE = `# PROPOSED-TASKS.md

Suggested work, written by \`planner\` and \`feedback_interpreter\`. Nothing here is promised.

---

## Task: \`pt-7k2m9q\` — Add a contact page

- **Status:** proposed
- **Agent:** \`frontend_specialist\`
- **Proposed by:** \`feedback_interpreter\`
- **Date:** 2025-06-27
- **Priority:** medium
- **Source:** feedback \`fb-01jz2y\`

### Goal
One place to reach the team.

### Requirements
- A page with e-mail, partnership form, chat invite

### Output Files
- \`apps/studio/src/app/contact/page.tsx\`

### Completion Criteria
- [ ] Linked from the side bar
`;

const brief = ({ cards }: Board) =>
  cards.map(({ title, status, lane }) => [title, status ?? "", lane ?? ""].join(" | "));

function firstCard(bytes: Uint8Array): BoardCard {
  const [card] = readBoard(bytes).cards;
  if (card === undefined) throw new Error("The board has no card.");
  return card;
}

describe("a board of proposals", () => {
  it("is written as the format says, and read back", () => {
    const bytes = appendProposal(new Uint8Array(0), proposal) ?? new Uint8Array(0);
    expect(decodeText(bytes)).toBe(EXAMPLE);
    expect(firstCard(bytes)).toMatchObject({
      key: "pt-7k2m9q",
      title: "Add a contact page",
      status: "proposed",
      agent: "frontend_specialist",
      proposedBy: "feedback_interpreter",
      date: "2025-06-27",
      priority: "medium",
      feedback: ["fb-01jz2y"],
      problems: [],
      checklist: [{ text: "Linked from the side bar", isChecked: false, mark: " " }],
    });
    expect(firstCard(bytes).sections.map(({ name }) => name)).toEqual([
      "Goal",
      "Requirements",
      "Output Files",
      "Completion Criteria",
    ]);
    expect(boardJson(readBoard(bytes))).toMatchObject({ shape: "proposals", proposals: [{ key: "pt-7k2m9q" }] });
  });

  it("flags what is missing or wrong and accepts any key and emoji in headings", () => {
    const text = "## Task: `My Task`\n\n- **Status:** someday\n- **Date:** 2025-02-30\n\n### 🧠 Goal\nx\n";
    const [card] = boardOf(text).cards;
    expect(card?.problems).toEqual([
      "unusual-key",
      "foreign-key",
      "missing-title",
      "unknown-status",
      "missing-proposed-by",
      "wrong-date",
    ]);
    expect(card?.sections).toMatchObject([{ name: "Goal", text: "x" }]);
  });

  it("names possible duplicates by title or Source and merges nothing", () => {
    const record = (key: string, title: string, source: string) =>
      `## Task: \`${key}\` — ${title}\n\n- **Source:** ${source}\n\n`;
    const text = record("a", "Add a page", "x") + record("b", "Else", "`fb-1`") + record("c", "**add** A  page!", "y");
    const { cards } = boardOf(`${text}${record("d", "More", "feedback fb-1")}`);
    expect(cards.map(({ possibleDuplicateOf }) => possibleDuplicateOf)).toEqual([undefined, undefined, 0, 1]);
  });

  it("sets every status and back without a trace, and adds one that is missing", () => {
    for (const text of [EXAMPLE, `\ufeff${EXAMPLE.replaceAll("\n", "\r\n")}`]) {
      const bytes = encodeText(text);
      for (const status of PROPOSAL_STATUSES) {
        const there = setProposalStatus(bytes, firstCard(bytes), status) ?? bytes;
        expect(decodeText(there)).toBe(text.replace("** proposed", `** ${status}`));
        expect(setProposalStatus(there, firstCard(there), "proposed")).toEqual(bytes);
      }
    }
    const bare = encodeText("## Task: `a` — x\n\n- **Agent:** b\n\n### Goal\n");
    const added = setProposalStatus(bare, firstCard(bare), "accepted") ?? bare;
    expect(decodeText(added)).toBe("## Task: `a` — x\n\n- **Agent:** b\n- **Status:** accepted\n\n### Goal\n");
  });

  it("lets a status go on only where the format says", () => {
    expect(nextStatuses("proposed")).toEqual(["accepted", "rejected", "superseded"]);
    expect(nextStatuses("accepted")).not.toContain("done");
    expect(nextStatuses("in-progress")).toContain("done");
    expect(nextStatuses(undefined)).toEqual(["proposed"]);
  });

  it("takes a proposal of any texts; no text forges another record, field or section", () => {
    fc.assert(
      fc.property(anyMarkdown, anyText, anyText, fc.array(anyText, { maxLength: 3 }), (bytes, title, goal, items) => {
        const before = readBoard(bytes);
        const texts = { title, goal, requirements: items, completionCriteria: items, outputFiles: items, source: goal };
        const added = appendProposal(bytes, { ...proposal, ...texts, promptNotes: goal, technicalNotes: title });
        expect(added === undefined).toBe(before.isReadOnly);
        if (added === undefined) return;
        expect(added.subarray(0, bytes.length)).toEqual(bytes);
        const after = readBoard(added);
        expect(after.cards.map(({ key }) => key)).toEqual([...before.cards.map(({ key }) => key), proposal.key]);
        const card = after.cards.at(-1);
        expect(card?.title).toBe(readableTitle(title));
        expect(card?.status).toBe("proposed");
        expect(card?.proposedBy).toBe("feedback_interpreter");
        const names = card?.sections.map(({ name }) => name) ?? [];
        expect(new Set(names).size).toBe(names.length);
        expect(
          names.every((name) =>
            /^(?:Goal|Requirements|Technical Notes|Output Files|Prompt Notes|Completion Criteria)$/.test(name),
          ),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("makes keys of the form that it asks for", () => {
    expect(newProposalKey((count) => new Uint8Array(count))).toBe("pt-000000");
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (random) => {
        expect(newProposalKey(() => random)).toMatch(PROPOSAL_KEY);
      }),
    );
  });
});

/** As it stands in the file: on one line, what UTF-8 cannot say replaced, blanks trimmed. */
function readableTitle(title: string): string {
  return decodeText(encodeText(oneLine(title)));
}

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

describe("any board", () => {
  it("is read whatever the bytes; spans and raw texts are true, and cards stand in order", () => {
    fc.assert(
      fc.property(anyMarkdown, (bytes) => {
        const board = readBoard(bytes);
        for (const { span, raw } of [...board.cards, ...board.invalid]) {
          expect(raw).toBe(decodeText(bytes.subarray(span.start, span.end)));
        }
        let end = 0;
        for (const card of board.cards) {
          expect(card.span.start).toBeGreaterThanOrEqual(end);
          end = card.span.end;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes a status by one span: the other cards stay, and the word, emoji or mark is there", () => {
    fc.assert(
      fc.property(anyMarkdown, fc.nat(), fc.constantFrom(...PROPOSAL_STATUSES), (bytes, at, status) => {
        const before = readBoard(bytes);
        const card = before.cards[at % before.cards.length];
        const edited = card === undefined ? undefined : setProposalStatus(bytes, card, status);
        if (card === undefined || edited === undefined) return;
        const after = readBoard(edited);
        expect(after.shape).toBe(before.shape);
        expect(after.cards.map(({ title }) => title)).toEqual(before.cards.map(({ title }) => title));
        expect(after.cards[at % before.cards.length]?.status).toBe(status);
        const kept = card.statusSpan?.start ?? card.span.start;
        expect(edited.subarray(0, kept)).toEqual(bytes.subarray(0, kept));
      }),
      { numRuns: 3000 },
    );
  });

  it("toggles any box and back without a trace", () => {
    fc.assert(
      fc.property(anyMarkdown, (bytes) => {
        for (const card of readBoard(bytes).cards) {
          for (const { span, mark, isChecked } of card.checklist) {
            const there = toggleCheckbox(bytes, span) ?? bytes;
            expect(there[span.start]).toBe((isChecked ? " " : "x").charCodeAt(0));
            if (mark === " " || mark === "x") expect(toggleCheckbox(there, span)).toEqual(bytes);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(toggleCheckbox(encodeText("a x b"), { start: 2, end: 3 })).toBeUndefined();
  });
});

describe("the task document of a proposal", () => {
  it("has all sections of the task template, and names the proposal", () => {
    const text = taskDocument(firstCard(encodeText(EXAMPLE)), { number: 12, agentRole: "Builds pages" });
    expect(text.split("\n").filter((line) => /^#{1,2} /.test(line))).toEqual([
      "# Task 12: Add a contact page - frontend_specialist",
      "## 🧠 Goal",
      "## ✅ Requirements",
      "## 🔍 Technical Notes",
      "## 📁 Output Files",
      "## 📝 Prompt Notes",
      "## ✅ Completion Criteria",
    ]);
    expect(text).toContain("**Agent:** `frontend_specialist` (Builds pages)");
    expect(text).toContain("**Prompt Source:** `.codex/prompts/frontend_specialist.md`");
    expect(text).toContain("**Task ID:** `task-012`");
    expect(text).toContain("**Proposal:** `pt-7k2m9q`");
    expect(boardOf(text)).toMatchObject({ shape: "task-headings", cards: [{ agent: "frontend_specialist" }] });
  });
});
