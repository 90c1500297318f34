/** The studio in the pictures of the documentation: the files, and what the model answers when an agent is asked. */

const prd = `# Tidewater: tide tables that a harbour can keep

## Product Overview

Harbour offices and small boats need next month's tides on paper, on a phone, and without a connection.

## Core Objectives

- High and low water, to the minute, for 400 days
- The same page offline, with its date of issue

## Target Users

Harbour offices, small boats, and whoever hangs a tide table on a door.

## Core Features

All stations that publish constants.

## Success Criteria

Three harbour offices print from it for two months and report no minute that was wrong by more than ten.
`;

export const goal = "Say which stations the first release covers";

/** The whole new document, as an agent answers (docs/studio-files.md). */
export const agentAnswer = `${prd
  .replace(
    "All stations that publish constants.",
    "Forty stations on the German Bight and the western Baltic whose constants are public. A station is added by one file, without a release.",
  )
  .replace("- The same page", "- A printed month on one A4 sheet\n- The same page")}
\`\`\`task-metadata
{"agent":"doc_writer","summary":"Named the forty stations of the first release.","output_files":[".codex/PRD.md"]}
\`\`\`

Once complete, invoke task_logger
`;

const agent = (key: string, role: string, goalText: string, writes: string): string =>
  [
    `## Agent: \`${key}\``,
    "",
    `- **Role:** ${role}`,
    `- **Goal:** ${goalText}`,
    "- **Backstory:** Reads twice, writes once.",
    `- **Writes:** \`${writes}\``,
    "",
    "---",
    "",
  ].join("\n");

const roster = `# AGENTS.md

Who may be asked, and what each may write.

---

${agent("doc_writer", "Document writer", "Keep the product's document true and short.", ".codex/PRD.md")}
${agent("planner", "Task forecaster", "Suggest the next tasks from the log and the PRD.", ".codex/PROPOSED-TASKS.md")}
${agent("feedback_interpreter", "Listener", "Turn feedback into tasks.", ".codex/PROPOSED-TASKS.md")}
${agent("reviewer", "Reviewer", "Check finished work by its criteria.", ".codex/REVIEW.md")}`;

const task = (key: string, title: string, status: string, priority: string, source: string): string =>
  [
    `## Task: \`${key}\` — ${title}`,
    "",
    `- **Status:** ${status}`,
    "- **Agent:** `reviewer`",
    "- **Proposed by:** `planner`",
    "- **Date:** 2026-11-18",
    `- **Priority:** ${priority}`,
    `- **Source:** ${source}`,
    "",
    "### Completion Criteria",
    "",
    "- [x] It is on one page",
    "- [ ] It can be printed",
    "",
    "---",
    "",
  ].join("\n");

const board = `# PROPOSED-TASKS.md

Suggested work. Nothing here is promised.

---

${task("pt-7k2m9q", "Print a month on one A4 sheet", "proposed", "high", "feedback `fb-01jz2y`")}
${task("pt-9c4t7e", "Warn when constants are older than five years", "proposed", "medium", "PRD, Core Objectives")}
${task("pt-2h8m3k", "Station search that forgives umlauts", "accepted", "medium", "PRD, Core Features")}
${task("pt-5d0q8r", "Keep the last 30 days offline", "in-progress", "high", "PRD, Core Objectives")}`;

const done = [
  "Wrote down what tidewater is for.",
  "Read the constants of forty stations.",
  "Times stand in the station's own zone.",
  "A table of 400 days, by month.",
  "Largest error of the last year, per station.",
  "Chose a licence for the data.",
  "Station picker by distance.",
  "Date of issue on every page and print.",
  "Contact page meets its four criteria.",
];

function log(now: number): string {
  const entries = done.map((summary, index) => {
    const at = new Date(now - (done.length - index) * 7 * 86_400_000 + index * 3_600_000);
    return {
      task_id: `task-${String(index + 120).padStart(3, "0")}`,
      agent: index % 3 === 0 ? "doc_writer" : "reviewer",
      date: at.toISOString().slice(0, 10),
      summary,
      output_files: [index % 3 === 0 ? ".codex/PRD.md" : ".codex/REVIEW.md"],
      at: at.toISOString(),
      run_id: `01JZ2Y7M3W8Q4K6T9V0000${String(index).padStart(4, "0")}`,
    };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

const feedback = (id: string, reasons: readonly string[], better: string): string =>
  JSON.stringify({
    ...{ id, at: "2026-11-17T16:24:00.000Z", target: { conversation: "tm1aaaaaa1", message: "tm1aaaaaa1q" } },
    ...{ rating: "down", reasons, better, model: "qwen3-32b" },
  });

/** Path and text of each file. */
export function studioFiles(now: number): Readonly<Record<string, string>> {
  return {
    ".codex/PRD.md": prd,
    ".codex/ARCHITECTURE.md":
      "# Architecture\n\n## System Overview\n\nOne process reads constants and prints tables.\n\n## Directory Structure\n\nA file a station, a table a month.\n\n## Agent I/O Conventions\n\nOne document each.\n",
    ".codex/AGENTS.md": roster,
    ".codex/PROPOSED-TASKS.md": board,
    ".codex/TASK-LOG.json": log(now),
    "feedback.jsonl": [
      feedback("fb-01jz2y", ["too-long"], "A month on one sheet that hangs on a door."),
      feedback("fb-7w1p5n", ["wrong", "ignored-instruction"], "The times are an hour off in summer."),
      "",
    ].join("\n"),
  };
}
