import type { Step } from "./steps.ts";

/** What every commit passes: no browser, no crash rig, no network. */
export const checkSteps: readonly Step[] = [
  { name: "format", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", "--format=unix"] },
  { name: "types: server", command: ["tsc", "-p", "."] },
  { name: "types: shared", command: ["tsc", "-p", "shared"] },
  { name: "types: web", command: ["tsc", "-p", "web"] },
  { name: "types: tests", command: ["tsc", "-p", "tests"] },
  { name: "dead code", command: ["knip", "--no-progress"] },
  // They only compute: by itself vitest leaves one of two cores idle.
  { name: "unit tests", command: ["vitest", "run", "--project", "unit", "--maxWorkers=2"], isVitest: true },
];
