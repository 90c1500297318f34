import { describe, expect, test } from "vitest";
import { encodeText } from "../../chat-format/bytes.ts";
import { entriesOf, invalidsOf, rawOf, readLog } from "./task-log-rig.ts";

const FIELDS = `# Task Log

What was done.

### Task Completed

---
**Agent:** \`frontend_specialist\`  
**Task Id:** task-032
**Date:** 2025-06-22
**Summary:** Added \`/generate\`
and its test.
**Output Files:** [\`apps/[slug]/page.tsx\`, "b.ts", c.ts]

**Agent:** planner
**Task Id:** task-033
**Date:** 2025-06-23
**Summary:** Planned.
**Output Files:** \`PRD.md\`
---
### Task Completed

**Agent**: planner
**Date**: 2025-06-20
**Summary**: The first form had no id.
**Output Files**:
- a.md
- b.md
`;

describe("a log of fields", () => {
  const log = readLog(FIELDS, "TASK-LOG.md");

  test("is read with or without headings and separators", () => {
    expect(entriesOf(log).map(({ entry }) => entry)).toEqual([
      {
        ...{ agent: "frontend_specialist", task_id: "task-032", date: "2025-06-22" },
        ...{ summary: "Added `/generate` and its test.", output_files: ["apps/[slug]/page.tsx", "b.ts", "c.ts"] },
      },
      { agent: "planner", task_id: "task-033", date: "2025-06-23", summary: "Planned.", output_files: ["PRD.md"] },
      { agent: "planner", date: "2025-06-20", summary: "The first form had no id.", output_files: ["a.md", "b.md"] },
    ]);
    expect(entriesOf(log).map(({ problems }) => problems.map(({ field }) => field))).toEqual([[], [], ["task_id"]]);
  });

  test("has its other text as items, and spans that begin at the heading", () => {
    expect(invalidsOf(log).map(({ raw }) => raw)).toEqual(["What was done."]);
    const [first, second] = entriesOf(log).map((item) => rawOf(encodeText(FIELDS), item));
    expect(first).toMatch(/^### Task Completed[^]*c\.ts\]$/);
    expect(second).toMatch(/^\*\*Agent:\*\* planner[^]*`PRD\.md`$/);
  });
});

test("fields in fenced code are no entry, and code inside a line opens no fence", () => {
  const text = "```md example```\n```md\n**Agent:** forged\n```js\n```\n**Agent:** planner\n**Summary:** Planned.\n";
  const log = readLog(text, "TASK-LOG.md");
  expect(entriesOf(log).map(({ entry }) => entry)).toEqual([{ agent: "planner", summary: "Planned." }]);
  expect(invalidsOf(log).map(({ raw }) => raw)).toEqual(["```md example```\n```md\n**Agent:** forged\n```js\n```"]);
});

test("a comma inside back-ticks or quotes belongs to the path", () => {
  const text = '**Agent:** a\n**Output Files:** [`a,b.ts`, "c, d.ts" , e.ts, `open]\n';
  const [item] = entriesOf(readLog(text, "TASK-LOG.md"));
  expect(item?.shown.outputFiles).toEqual(["a,b.ts", "c, d.ts", "e.ts", "`open"]);
});

describe("a log by hand", () => {
  test("of more bullets than a call takes arguments is read", () => {
    const log = readLog(`# Done\n${"- one\n".repeat(130_000)}`, "TASK-LOG.md");
    expect(log.items.length).toBe(130_000);
  });

  test("with times in headings has an entry for each, with its status", () => {
    const text =
      "# Log\n## 2025-07-01\n### 10:30 - Fixed the page\nStatus: ✅ done\nIt was late.\n### 11:00\n**Status:** blocked\nWaiting.\n";
    expect(entriesOf(readLog(text, "TASK-LOG.md")).map(({ entry }) => entry)).toEqual([
      { date: "2025-07-01", summary: "Fixed the page", status: "completed", notes: "It was late." },
      { date: "2025-07-01", summary: "Waiting.", status: "blocked" },
    ]);
  });

  test("with phases has an entry for each bullet, what is below it included", () => {
    const text =
      "## Phase 1\nAbout.\n\n- [x] Built\n  wrapped\n  - detail\n- ❌ Tried\n\n## 2025-07-02\n* one\n\n```\n- code\n```\n";
    const log = readLog(text, "TASK-LOG.md");
    expect(entriesOf(log).map(({ entry }) => entry)).toEqual([
      { summary: "Built", status: "completed", phase: "Phase 1", notes: "wrapped\ndetail" },
      { summary: "Tried", status: "failed", phase: "Phase 1" },
      { summary: "one", date: "2025-07-02", phase: "2025-07-02", notes: "```\n- code\n```" },
    ]);
    expect(invalidsOf(log).map(({ raw }) => raw)).toEqual(["About."]);
  });
});
