import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { anyMarkdown, anyText } from "../records/markdown-rig.ts";
import { oneLine } from "../records/plain-text.ts";
import { PROPOSAL_STATUSES } from "./board.ts";
import { boardJson } from "./board-json.ts";
import { EXAMPLE, firstCard, proposal } from "./board-rig.ts";
import { nextStatuses } from "./board-status.ts";
import { appendProposal, newProposalKey } from "./compose-proposal.ts";
import { setProposalStatus, toggleCheckbox } from "./edit-board.ts";
import { PROPOSAL_KEY } from "./proposal-cards.ts";
import { readBoard } from "./read-board.ts";
import { taskDocument } from "./task-document.ts";

const boardOf = (text: string) => readBoard(encodeText(text));
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

  it("takes a proposal behind an open HTML block whose last line ends with a lone carriage return", () => {
    const bytes = encodeText("<div>\n---\r");
    const added = appendProposal(bytes, proposal) ?? bytes;
    expect(readBoard(added).cards.map(({ key }) => key)).toEqual([proposal.key]);
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
      { numRuns: 800 },
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
      { numRuns: 1200 },
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
      { numRuns: 1200 },
    );
  });

  it("toggles any box and back without a trace", () => {
    fc.assert(
      fc.property(anyMarkdown, (bytes) => {
        for (const card of readBoard(bytes).cards) {
          for (const { span, isChecked } of card.checklist) {
            const there = toggleCheckbox(bytes, span) ?? bytes;
            expect(there[span.start]).toBe((isChecked ? " " : "x").charCodeAt(0));
            const back = toggleCheckbox(there, span);
            expect(back?.[span.start]).toBe((isChecked ? "x" : " ").charCodeAt(0));
            expect([...(back ?? [])].filter((byte, at) => byte !== bytes[at] && at !== span.start)).toEqual([]);
          }
        }
      }),
      { numRuns: 400 },
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
