import { expect, it } from "vitest";
import { newRunId } from "./new-run-id.ts";

it("begins with its time and ends with chance", () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(33);
  expect(newRunId(1_469_918_176_385, bytes)).toBe("01ARYZ6S411111111111111111");
  expect(newRunId()).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(newRunId()).not.toBe(newRunId());
});
