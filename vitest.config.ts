import { defineConfig } from "vitest/config";

/** Every `*.test.ts` of the project belongs to exactly one of these. */
const besideTheCode = "{server,shared,web,bench,scripts,bin}/**/*.test.{ts,tsx}";

/** A test waits for what has to happen, however slow the machine; an expectation that never comes true still says what it saw. */
const patient = { poll: { timeout: 25_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        // Quick and free of the machine around it: `npm run check` runs these.
        test: { name: "unit", include: [besideTheCode, "tests/*.test.{ts,tsx}"], testTimeout: 30_000, expect: patient },
      },
      {
        // One suite for every adapter of a port, and what takes longer or starts the whole server.
        test: {
          name: "contract",
          expect: patient,
          include: ["tests/*/**/*.test.ts"],
          exclude: ["tests/{crash,e2e}/**"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Killed processes, full disks, failing system calls.
        test: {
          name: "crash",
          expect: patient,
          include: ["tests/crash/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        // A real browser before the built server.
        test: {
          name: "e2e",
          expect: patient,
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/built-once.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
