import { describe, expect, test } from "vitest";
import { encodeText } from "../../chat-format/bytes.ts";
import { appendTaskLogEntry } from "./append-task-log-entry.ts";
import { compareTaskLogHistory, type TaskLogHistory } from "./compare-task-log-history.ts";
import { readTaskLog } from "./read-task-log.ts";
import { seenOf } from "./seen-of.ts";
import type { TaskLogItem } from "./task-log.ts";
import { foreignEntry, newEntry } from "./task-log-rig.ts";

const FILE = "TASK-LOG.json";
const [first, second, third] = [1, 2, 3].map((number) => foreignEntry({ task_id: `task-00${number}` }));

function compare(old: string, now: string | Uint8Array): TaskLogHistory {
  const [copy, bytes] = [encodeText(old), typeof now === "string" ? encodeText(now) : now];
  const seen = seenOf(copy, readTaskLog(copy, FILE));
  return compareTaskLogHistory({ seen, copy, fileName: FILE }, bytes, readTaskLog(bytes, FILE));
}

function ids(items: readonly TaskLogItem[]): unknown[] {
  return items.map((item) => (item.kind === "entry" ? item.shown.taskId : item.raw));
}

const json = (...entries: unknown[]): string => `${JSON.stringify(entries, undefined, 2)}\n`;

describe("the history of a log", () => {
  test("is the same, or has new entries, while the old bytes stand", () => {
    expect(compare(json(first), json(first)).state).toBe("same");
    expect(compare("", json(first))).toMatchObject({ state: "appended", lost: [] });
    const appended = appendTaskLogEntry(encodeText(json(first, second)), FILE, newEntry());
    const history = compare(json(first, second), appended.outcome === "appended" ? appended.bytes : "");
    expect([history.state, ids(history.added)]).toEqual(["appended", ["task-049"]]);
    expect(compare(json(first), `${json(first).trimEnd()}\n\n`).state).toBe("same");
  });

  test("is reformatted when other bytes say the same in the same order, with or without more", () => {
    const swapped = { output_files: first?.["output_files"], ...first };
    expect(compare(json(first, second), JSON.stringify([swapped, second]))).toMatchObject({
      state: "reformatted",
      added: [],
    });
    const history = compare(json(first, second), JSON.stringify([first, second, third]));
    expect([history.state, ids(history.added), history.inserted]).toEqual(["reformatted", ["task-003"], []]);
  });

  test("is rewritten when an entry is put in before the end of what was known, wherever, and the new one is named", () => {
    for (const now of [
      [first, third, second],
      [third, first, second],
    ]) {
      expect(compare(json(first, second), json(...now))).toMatchObject({ state: "rewritten", lost: [], changed: [] });
      const { added, inserted } = compare(json(first, second), json(...now, newEntry()));
      expect([ids(added), ids(inserted)]).toEqual([["task-003", "task-049"], ["task-003"]]);
    }
    const twins = compare(json(first, second), json(first, first, second));
    expect([twins.state, ids(twins.inserted)]).toEqual(["rewritten", ["task-001"]]);
    expect(compare(json(first, second), json(first, second, first)).state).toBe("appended");
  });

  test("is rewritten when an entry is lost, and the lost one is there as it was", () => {
    const history = compare(json(first, second, third), json(first, third));
    expect([history.state, ids(history.lost), history.changed, history.added]).toEqual([
      "rewritten",
      ["task-002"],
      [],
      [],
    ]);
    expect(history.lost[0]).toMatchObject({ kind: "entry", entry: second });
    expect(compare(json(first), "").lost).toHaveLength(1);
    expect(ids(compare(json(first, first), json(first)).lost)).toEqual(["task-001"]);
  });

  test("is rewritten when an entry is changed, known by its run or its one task id", () => {
    const history = compare(
      json(newEntry(), second),
      json(newEntry({ taskId: "task-050" }), { ...second, agent: "x" }),
    );
    expect(history).toMatchObject({ state: "rewritten", lost: [], added: [] });
    expect(history.changed.map(({ before, after }) => [before.shown.taskId, after.shown.taskId])).toEqual([
      ["task-049", "task-050"],
      ["task-002", "task-002"],
    ]);
  });

  test("is rewritten when entries change places, and nothing is lost", () => {
    expect(compare(json(first, second), json(second, first))).toMatchObject({
      state: "rewritten",
      lost: [],
      added: [],
    });
  });

  test("goes on over a tail that breaks off", () => {
    expect(compare(json(first, second), json(first, second).slice(0, -3)).state).toBe("same");
    expect(ids(compare(json(first, second), json(first, second).slice(0, -30)).lost)).toEqual(["task-002"]);
  });

  test("is rewritten, and no more is known, without the copy or with another", () => {
    const bytes = encodeText(json(first));
    const seen = seenOf(bytes, readTaskLog(bytes, FILE));
    const now = encodeText(json(second));
    for (const copy of [undefined, encodeText("[]")]) {
      const history = compareTaskLogHistory({ seen, copy, fileName: FILE }, now, readTaskLog(now, FILE));
      expect(history).toEqual({ state: "rewritten", lost: [], changed: [], added: [], inserted: [] });
    }
  });
});
