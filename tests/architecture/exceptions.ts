import type { RuleName } from "./rules.ts";

export interface Exception {
  readonly rule: RuleName;
  readonly path: string;
  /** The import it is about, where the rule is about imports; anything in this module when absent. */
  readonly to?: string;
  readonly reason: string;
}

/** Every place where a rule of the house does not hold, and why. One that is no longer needed fails the test. */
export const exceptions: readonly Exception[] = [
  {
    rule: "one place touches the machine",
    path: "server/config.ts",
    to: "node:fs",
    reason: "reads the optional .env file, which is part of the environment",
  },
  {
    rule: "one place touches the machine",
    path: "server/command-line/main.ts",
    to: "node:fs/promises",
    reason: "reads the files that are named on the command line; they may lie outside any workspace",
  },
  {
    rule: "one place touches the machine",
    path: "server/program-version.ts",
    to: "node:fs",
    reason: "reads the program's own package.json",
  },
  {
    rule: "one place touches the machine",
    path: "server/workspace.ts",
    to: "node:fs/promises",
    reason: "looks at the folder before there is a store for it: is it one, may it be read, is it somebody else's home",
  },
  ...["server/app.ts", "server/compose-studio.ts", "server/compose-web.ts", "bench/run.ts"].map((path) => ({
    rule: "a file has at most 15 imports" as const,
    path,
    reason: "a composition root names every part that it puts together, and does nothing else",
  })),
  ...[
    "web/chat/conversation.tsx",
    "web/pages/studio/document-page.tsx",
    "web/proposals/proposals.tsx",
    "web/task-log/task-log.tsx",
  ].map((path) => ({
    rule: "a file has at most 15 imports" as const,
    path,
    reason: "it puts a page together, and shows text from files by `visibleText`",
  })),
];
