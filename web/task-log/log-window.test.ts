import { describe, expect, it } from "vitest";
import type { LogItemsPage, LogItemView } from "../../shared/task-log.ts";
import { emptyWindow, itemAt, missingIn, withItems } from "./log-window.ts";

/** A log of `total` items in the file's order; an answer lists the newest first. */
function answer(total: number, from: number, count: number, revision: string): LogItemsPage {
  const indexes = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, at) => total - 1 - from - at);
  return { total, revision, items: indexes.map((index): LogItemView => invalid(index)) };
}

const invalid = (index: number): LogItemView => ({ kind: "invalid", index, reason: "", raw: "" });
const indexAt = (window: typeof emptyWindow, at: number) => itemAt(window, at)?.index;

describe("the window of a log", () => {
  it("shows the newest first and nothing where nothing was fetched", () => {
    const window = withItems(emptyWindow, 0, answer(500, 0, 100, "a"));
    expect(indexAt(window, 0)).toBe(499);
    expect(indexAt(window, 99)).toBe(400);
    expect(indexAt(window, 100)).toBeUndefined();
  });

  it("puts an answer that was given before the log grew where it belongs", () => {
    const late = answer(500, 200, 100, "a");
    const grown = withItems(emptyWindow, 0, answer(501, 0, 100, "b"));
    const window = withItems(grown, 0, answer(501, 0, 1, "b"));
    const both = withItems(window, 200, late);
    expect(indexAt(withItems(both, 0, answer(501, 0, 100, "b")), 201)).toBe(299);
  });

  it("asks for what is not there, from a little before it", () => {
    const window = withItems(emptyWindow, 0, answer(50_000, 0, 100, "a"));
    expect(missingIn(window, 0, 50)).toBeUndefined();
    const wanted = missingIn(window, 30_000, 30_020);
    expect(wanted && wanted.from <= 30_000 && wanted.from + wanted.count > 30_020).toBe(true);
    expect(missingIn(window, 49_990, 60_000)).toMatchObject({ count: 100 });
  });

  it("asks again for what was read from an older file, and shows it meanwhile", () => {
    const old = withItems(emptyWindow, 0, answer(300, 0, 300, "a"));
    const window = withItems(old, 0, answer(301, 0, 100, "b"));
    expect(indexAt(window, 200)).toBe(100);
    expect(missingIn(window, 0, 99)).toBeUndefined();
    expect(missingIn(window, 150, 200)).toBeDefined();
  });

  it("forgets what lies far away and what is no longer there", () => {
    let window = emptyWindow;
    for (let from = 0; from < 5000; from += 100) window = withItems(window, from, answer(50_000, from, 100, "a"));
    expect(window.items.size).toBeLessThanOrEqual(3000);
    expect(indexAt(window, 4999)).toBe(45_000);
    expect(withItems(window, 0, answer(10, 0, 100, "b")).items.size).toBe(10);
  });
});
