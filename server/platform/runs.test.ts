import { expect, test } from "vitest";
import { createRuns } from "./runs.ts";

const fail = (_id: string, error: unknown): void => {
  throw error;
};

test("a run that begins while the others are being ended is ended and waited for too", async () => {
  const runs = createRuns(fail);
  const ended: string[] = [];
  const second = async (signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(`second: ${signal.reason}`);
  };
  runs.start("first", async (signal) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    ended.push(`first: ${signal.reason}`);
    runs.start("second", second);
  });
  await runs.close();
  expect(ended).toEqual(["first: shutdown", "second: shutdown"]);
  runs.start("late", second);
  await runs.ended(["late"]);
  expect(ended.at(-1)).toBe("second: shutdown");
});
