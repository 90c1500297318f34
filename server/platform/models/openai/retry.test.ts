import { describe, expect, it } from "vitest";
import { pauseBeforeRetry, retryAfterMs, waitFor } from "./retry.ts";

const now = Date.UTC(2026, 0, 1, 12, 0, 0);

describe("what a server asks to wait", () => {
  it.each([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:30 GMT" }, 30_000],
    [{ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }, 0],
    [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
    [{ "retry-after": "-3" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{}, undefined],
  ])("%j is %s ms", (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });

  it("is waited for up to 60 s, and not at all beyond that", () => {
    expect(pauseBeforeRetry(1, 60_000, Math.random)).toBe(60_000);
    expect(pauseBeforeRetry(1, 60_001, Math.random)).toBeUndefined();
    expect(pauseBeforeRetry(3, 10, Math.random)).toBeUndefined();
  });
});

describe("waiting", () => {
  it("ends at once when it is stopped", async () => {
    const stop = new AbortController();
    const waiting = waitFor(3_600_000, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow("abort");
    await expect(waitFor(3_600_000, stop.signal)).rejects.toThrow("abort");
    await expect(waitFor(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});
