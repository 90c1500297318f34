/** What the studio's frame and overview say. */
const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const words = {
  studio: "Studio",
  overview: "Overview",
  documents: "Documents",
  work: "Work",
  people: "People",
  proposals: "Proposals",
  taskLog: "Task log",
  runs: "Runs",
  feedback: "Feedback",
  roster: "Roster",
  studioParts: "Studio",
  prompts: "prompts",
  templates: "templates",
  tasks: "tasks",
  review: "review",
  live: (count: number) => `${count.toLocaleString("en")} live`,
  percent: (share: number) => `${Math.floor(share * 100)} %`,
  waiting: (count: number) => `${plural(count, "thing waits", "things wait")} for you`,
  waitHidden: "waiting for you",
  addDocument: "New document",
  newDocument: "New",
  noDocuments: "No documents yet.",
  onDisk: "On disk",
} as const;
