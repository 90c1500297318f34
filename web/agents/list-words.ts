/** What the list of runs says. */
const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const listWords = {
  title: "Runs",
  all: "All",
  agent: "Agent",
  status: "Status",
  anyAgent: "Every agent",
  anyStatus: "Every status",
  found: (count: number) => plural(count, "run", "runs"),
  runsThisMonth: (count: number) => (count === 1 ? "run this month" : "runs this month"),
  tokensThisMonth: "tokens this month",
  costThisMonth: "this month",
  waiting: "waiting for you",
  clear: "Clear filters",
  more: "Show more",
  emptyTitle: "No agent has run yet.",
  emptyText:
    "A run gives one agent one goal. You see its text while it comes, then the change as a diff, then you decide. Every run ends with an entry in the task log.",
  noMatchTitle: "No run matches.",
  runAgent: "Run an agent",
} as const;
