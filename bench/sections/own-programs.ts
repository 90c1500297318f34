/** Sections that are programs of their own beside this folder; their output is printed as it is. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Section } from "../bench-context.ts";
import { projectFolder } from "../bench-processes.ts";

function program(name: string, title: string): Section {
  return {
    name,
    title,
    async measure({ isQuick, say }) {
      const file = join(projectFolder, "bench", `${name}.ts`);
      if (!existsSync(file)) {
        say("not there yet");
        return [];
      }
      const outcome = spawnSync(process.execPath, [file, ...(isQuick ? ["--quick"] : [])], {
        encoding: "utf8",
        timeout: 120_000,
      });
      for (const line of `${outcome.stdout}${outcome.stderr}`.trimEnd().split("\n")) say(line);
      return [];
    },
  };
}

export const ownPrograms: readonly Section[] = [
  program("chat-format", "The format: parse and write"),
  program("model-adapter", "The adapter to the upstream alone"),
  program("markdown", "Markdown: the tail parsed, finished blocks kept"),
];
