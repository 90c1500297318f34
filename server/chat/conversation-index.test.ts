import fc from "fast-check";
import { expect, it } from "vitest";
import { openRebuildable } from "../platform/index/sqlite.ts";
import { idFromPath } from "./conversation-file.ts";
import { createConversationIndex, indexSchema, indexVersion } from "./conversation-index.ts";

const open = () =>
  createConversationIndex(openRebuildable(":memory:", indexSchema, indexVersion), idFromPath, () => undefined);
const stamp = { size: 1, modified: 1 };
const row = (path: string, id: string, title: string, updated: string) => ({
  path,
  id,
  title,
  created: updated,
  updated,
});
const titlesOf = (index: ReturnType<typeof open>, query: string) =>
  index.page({ after: undefined, limit: 100, query }).conversations.map(({ title }) => title);

it("gives every conversation once over its pages, newest first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (times, limit) => {
      const index = open();
      for (const [at, time] of times.entries())
        index.put(row(`p${at}`, `id${at}`, `t${at}`, `2026-01-01T00:00:${10 + time}Z`), stamp);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = index.page({ after, limit, query: "" });
        expect(page.total).toBe(times.length);
        seen.push(...page.conversations.map(({ updated, id }) => `${updated} ${id}`));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([...seen].sort().reverse());
      expect(new Set(seen).size).toBe(times.length);
    }),
    { numRuns: 60 },
  );
});

it.each([
  ["parser", ["Fix the Parser"]],
  ["PARSER", ["Fix the Parser"]],
  ["strasse", []],
  ["cafe", ["Café “menu” 100%_off"]],
  ["“menu”", ["Café “menu” 100%_off"]],
  ['"', []],
  ["%", ["Café “menu” 100%_off"]],
  ["_", ["Café “menu” 100%_off"]],
  ["%_o", ["Café “menu” 100%_off"]],
  ["OR parser", []],
  ["题名", ["日本語题名"]],
  ["日本語题", ["日本語题名"]],
  ["", ["Fix the Parser", "Café “menu” 100%_off", "日本語题名"]],
])("finds titles that hold %j, whatever signs are in it", (query, wanted) => {
  const index = open();
  index.put(row("a", "a", "Fix the Parser", "2026-01-03T00:00:00Z"), stamp);
  index.put(row("b", "b", "Café “menu” 100%_off", "2026-01-02T00:00:00Z"), stamp);
  index.put(row("c", "c", "日本語题名", "2026-01-01T00:00:00Z"), stamp);
  expect(titlesOf(index, query)).toEqual(wanted);
});

it("follows renames and removals", () => {
  const index = open();
  index.put(row("a", "a", "the old title", "2026-01-01T00:00:00Z"), stamp);
  index.put(row("a", "a", "a new title", "2026-01-01T00:00:00Z"), stamp);
  expect([titlesOf(index, "old title"), titlesOf(index, "new title")]).toEqual([[], ["a new title"]]);
  expect(index.remove("a")?.title).toBe("a new title");
  expect(titlesOf(index, "new title")).toEqual([]);
});

it("keeps a removal before it answers: a kill right then must not bring back what was deleted", () => {
  const database = openRebuildable(":memory:", indexSchema, indexVersion);
  const index = createConversationIndex(database, idFromPath, () => undefined);
  index.put(row("a", "1", "one", "2026-01-01T00:00:00Z"), stamp);
  index.remove("a");
  expect(database.isTransaction).toBe(false);
  index.put(row("b", "2", "two", "2026-01-01T00:00:00Z"), stamp);
  index.inOneGo(() => {
    index.remove("b");
    expect(database.isTransaction).toBe(true);
    index.put(row("c", "2", "two", "2026-01-01T00:00:00Z"), stamp);
  });
  expect(database.isTransaction).toBe(false);
  expect(titlesOf(index, "")).toEqual(["two"]);
});

it("gives a copy of a file an id of its own", () => {
  const index = open();
  expect(index.put(row("a", "same", "one", "2026-01-01T00:00:00Z"), stamp)).toBe("same");
  const other = index.put(row("b", "same", "two", "2026-01-01T00:00:00Z"), stamp);
  expect(other).not.toBe("same");
  expect(index.byId("same")?.path).toBe("a");
  expect(index.byId(other)?.path).toBe("b");
});
