/** What is to be seen in the pictures of the documentation. */

export const model = "qwen3-32b";

export const question = "How do I keep a tide table in SQLite so that the next high water is one quick query?";

export const answer = `One row for each high or low water, and one index whose columns stand in the order in which you ask: *station* first, then *time*.

| Kept for a station | Without it | With the index |
|---|---:|---:|
| one month | 0.4 ms | 0.02 ms |
| one year | 4.6 ms | 0.02 ms |
| twenty years | 93 ms | 0.03 ms |

The index finds the first row after \`now\` and stops there:

\`\`\`sql
CREATE INDEX tide_next ON tide (station, high_at) WHERE kind = 'high';

SELECT high_at, height FROM tide
WHERE station = ? AND kind = 'high' AND high_at > unixepoch()
ORDER BY high_at LIMIT 1;
\`\`\`

- Keep times as seconds in UTC, and turn them into local time where they are shown.
- Keep heights in whole millimetres: sums of them stay exact.
`;

export interface EarlierConversation {
  readonly id: string;
  readonly title: string;
  readonly hoursAgo: number;
}

export const earlier: readonly EarlierConversation[] = [
  { id: "tm1aaaaaa1", title: "Read harmonics.csv without loading it", hoursAgo: 1 },
  { id: "tm1aaaaaa2", title: "Fix the parser for nested fences", hoursAgo: 3 },
  { id: "tm1aaaaaa3", title: "Letter to the harbour office", hoursAgo: 26 },
  { id: "tm1aaaaaa4", title: "مواعيد المدّ في ميناء عدن", hoursAgo: 28 },
  { id: "tm1aaaaaa5", title: "Colours of a chart for the colour-blind", hoursAgo: 52 },
  { id: "tm1aaaaaa6", title: "Why the warm-up skews the p95", hoursAgo: 76 },
  { id: "tm1aaaaaa7", title: "Release checklist 2.4", hoursAgo: 100 },
  { id: "tm1aaaaaa8", title: "SQLite or files for the index?", hoursAgo: 240 },
  { id: "tm1aaaaaa9", title: "Names for the harmonic constants", hoursAgo: 265 },
  { id: "tm1aaaaab1", title: "Print sheet for A4", hoursAgo: 410 },
];

/** The file of an earlier conversation, as Folio writes it. */
export function fileOf({ id, title, hoursAgo }: EarlierConversation, now: number): string {
  const at = new Date(now - hoursAgo * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
  const front = ["---", "format: chat.md/1", `id: ${id}`, `title: ${title}`, `created: ${at}`, `updated: ${at}`, "---"];
  return `${front.join("\n")}\n### You <!-- message id=${id}q parent=root role=user at=${at} -->\n\n${title}\n\n`;
}
