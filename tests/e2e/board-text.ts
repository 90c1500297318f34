/** Boards of proposals as files, for the tests of the page. */
export interface Record {
  readonly key: string;
  readonly title: string;
  readonly status: string;
  readonly source?: string;
  readonly boxes?: readonly string[];
}

const recordOf = ({ key, title, status, source, boxes = [] }: Record): string =>
  [
    `## Task: \`${key}\` — ${title}`,
    "",
    `- **Status:** ${status}`,
    "- **Agent:** `writer`",
    "- **Proposed by:** `planner`",
    "- **Date:** 2026-03-05",
    ...(source === undefined ? [] : [`- **Source:** ${source}`]),
    "- **Mood:** a field of its own",
    "",
    "### Goal",
    `That *${title}* is there.`,
    "",
    ...(boxes.length === 0 ? [] : ["### Completion Criteria", ...boxes.map((box) => `- [ ] ${box}`), ""]),
    "",
  ].join("\n");

export const boardOf = (records: readonly Record[]): string =>
  `# Proposed\n\nWritten by hand.  \n\n---\n\n${records.map(recordOf).join("")}## Notes\n\nThe end, without a line feed`;
