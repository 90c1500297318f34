/** Sections that are programs of their own beside this folder; their output is printed as it is. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Section } from "../bench-context.ts";
import { projectFolder } from "../bench-processes.ts";

/** The longest that one of them takes on a slow machine. */
const LIMIT_MS = 180_000;

interface Program {
  readonly name: string;
  readonly title: string;
  readonly arguments: readonly string[];
  readonly quickArguments: readonly string[];
  /** How much of the output is worth a report: lines from its start. */
  readonly lines?: number;
}

const section = ({ name, title, lines, ...settings }: Program): Section => ({
  name,
  title,
  async measure({ isQuick, say }) {
    const file = join(projectFolder, "bench", `${name}.ts`);
    const outcome = spawnSync(process.execPath, [file, ...(isQuick ? settings.quickArguments : settings.arguments)], {
      encoding: "utf8",
      timeout: LIMIT_MS,
    });
    const said = outcome.stdout.trimEnd().split("\n");
    const kept = lines === undefined ? said : [...said.slice(0, lines), "…", ...said.slice(-1)];
    for (const line of kept) say(line);
    if (outcome.status !== 0)
      throw new Error(`bench/${name}.ts ended with ${outcome.status}: ${outcome.stderr.trim()}`);
    return [];
  },
});

export const ownPrograms: readonly Section[] = [
  section({ name: "chat-format", title: "The format: parse and write", arguments: [], quickArguments: [] }),
  section({ name: "task-log", title: "The task log: 50,000 entries", arguments: [], quickArguments: [] }),
  section({
    name: "model-adapter",
    title: "The adapter to the upstream alone",
    arguments: ["3"],
    quickArguments: ["1"],
  }),
  section({
    name: "markdown",
    title: "Markdown: an answer shown token by token, hostile patterns",
    arguments: [],
    quickArguments: ["10000"],
    lines: 6,
  }),
];
