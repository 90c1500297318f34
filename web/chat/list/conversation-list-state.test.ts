import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "../../../shared/chat.ts";
import { applyToList, groupRows, listOf, withPage } from "./conversation-list-state.ts";

function summary(id: string, updated: string, title = id): ConversationSummary {
  return { id, title, path: `${id}.chat.md`, created: updated, updated, isRunning: false };
}

const newer = summary("b", "2026-03-05T10:00:00Z");
const older = summary("a", "2026-03-04T10:00:00Z");
const list = listOf({ conversations: [newer, older], total: 2 }, "");
const ids = (state: typeof list) => state.conversations.map(({ id }) => id);

describe("applyToList", () => {
  it("moves a changed conversation to its place by time", () => {
    const changed = { ...older, updated: "2026-03-06T10:00:00Z" };
    const next = applyToList(list, { type: "conversation-changed", conversation: changed });
    expect(ids(next)).toEqual(["a", "b"]);
    expect(next.total).toBe(2);
  });

  it("adds a new one and removes a removed one", () => {
    const added = applyToList(list, {
      type: "conversation-changed",
      conversation: summary("c", "2026-03-04T12:00:00Z"),
    });
    expect(ids(added)).toEqual(["b", "c", "a"]);
    expect(added.total).toBe(3);
    expect(ids(applyToList(added, { type: "conversation-removed", id: "b" }))).toEqual(["c", "a"]);
  });

  it("leaves out what belongs behind the last loaded page", () => {
    const paged = listOf({ conversations: [newer, older], next: "x", total: 9 }, "");
    const old = summary("z", "2020-01-01T00:00:00Z");
    expect(applyToList(paged, { type: "conversation-changed", conversation: old })).toBe(paged);
  });

  it("keeps to the filter, whatever the case", () => {
    const filtered = listOf({ conversations: [summary("b", "2026-03-05T10:00:00Z", "Parser")], total: 1 }, "parse");
    const other = summary("c", "2026-03-06T10:00:00Z", "Tides");
    expect(applyToList(filtered, { type: "conversation-changed", conversation: other })).toBe(filtered);
    const renamed = summary("b", "2026-03-06T10:00:00Z", "Other");
    expect(ids(applyToList(filtered, { type: "conversation-changed", conversation: renamed }))).toEqual([]);
  });
});

describe("pages and groups", () => {
  it("appends a page without repeats", () => {
    const more = withPage(list, { conversations: [older, summary("0", "2026-01-01T00:00:00Z")], total: 3 });
    expect(ids(more)).toEqual(["b", "a", "0"]);
  });

  it("puts a heading before each group of days", () => {
    const now = new Date(2026, 2, 10, 12);
    const at = (day: number) => summary(String(day), new Date(2026, 2, day, 9).toISOString());
    const rows = groupRows([at(10), at(9), at(8), at(5), at(1)], now);
    expect(rows.map((row) => (row.kind === "group" ? row.group : row.conversation.id))).toEqual([
      "today",
      "10",
      "yesterday",
      "9",
      "week",
      "8",
      "5",
      "earlier",
      "1",
    ]);
  });
});
