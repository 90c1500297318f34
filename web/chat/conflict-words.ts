/** What is said of two versions of one file or title, in one place. */
const messages = (count: number): string => `${count.toLocaleString("en")} ${count === 1 ? "message" : "messages"}`;

const linesOf = (lines: readonly number[]): string =>
  `${lines.length === 1 ? "line" : "lines"} ${lines.map((line) => line.toLocaleString("en")).join(", ")}`;

export const conflictWords = {
  title: "Two versions of this conversation met in one file.",
  looking: "What each of them holds is being read.",
  ours: (name: string) => (name === "" ? "Ours" : `Ours (${name})`),
  theirs: (name: string) => (name === "" ? "Theirs" : `Theirs (${name})`),
  has: (count: number) => (count === 0 ? "no message of its own" : `${messages(count)} of its own`),
  changedOnBoth: (count: number) =>
    `${messages(count)} changed on both sides: uniting keeps both wordings, theirs as a version`,
  otherTitle: "The titles differ: uniting takes ours and keeps theirs in the file",
  unite: "Unite both sides",
  keepOurs: "Keep ours",
  keepTheirs: "Keep theirs",
  asText: "These marks are text",
  copyStays: "The file as it is now goes into the trash first.",
  unclear: (line: number, marks: readonly number[]) =>
    `Its marks (${linesOf(marks)}) cannot be told apart from line ${line.toLocaleString("en")} on. Settle those lines in your editor; the page follows.`,
  orText: "If they belong to what was said, keep them as text: no word changes.",
  failed: "What each of them holds could not be read. Settle it in your editor, or reload the page.",
  settled: { both: "Both sides united", ours: "Our side kept", theirs: "Their side kept", text: "Kept as text" },
  settledDetail: "The file with the marks is in the trash.",
  undo: "Undo",
  undone: "The file with the marks is back.",
  empty: "(no text)",
  titleChoice: "This conversation was named twice.",
  titleElsewhere: "Named elsewhere",
  titleMine: "Your title",
  keepElsewhere: "Keep the other title",
  takeMine: "Use your title",
} as const;
