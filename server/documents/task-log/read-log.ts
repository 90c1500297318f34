import type { LogEntryView, LogHistoryView, LogItemsPage, TaskLogView } from "../../../shared/task-log.ts";
import { Problem } from "../../platform/problem.ts";
import type { NamedEntry } from "../task-log-port.ts";
import { type LogItemsQuery, pageOfItems, rawOf, toEntryView } from "./log-items.ts";
import type { LogParts } from "./log-parts.ts";
import { summarizeLog } from "./log-summary.ts";
import type { OpenLog } from "./open-log.ts";

/** The log as pages and other features see it. */
export interface LogReading {
  /** The log as it was read; nothing is stored. @throws StoreFailure, Problem */
  open(path?: string): Promise<OpenLog>;
  /** The same with what became of it since it was last seen, which is stored. */
  check(): Promise<{ readonly open: OpenLog; readonly history: LogHistoryView }>;
  /** `path`: one of the other logs. @throws StoreFailure, Problem */
  view(path?: string): Promise<TaskLogView>;
  items(query: LogItemsQuery): Promise<LogItemsPage>;
  /** @throws Problem 404 */
  entry(ref: string): Promise<LogEntryView>;
  hasRunId(runId: string): Promise<boolean>;
  /** Oldest first. */
  lastEntries(count: number): Promise<readonly { readonly ref: string; readonly raw: string }[]>;
  overview(): Promise<{
    readonly path: string | undefined;
    readonly entries: number;
    readonly items: number;
    readonly agents: readonly string[];
  }>;
  /** All entries, in the order of the file. */
  entries(): Promise<readonly NamedEntry[]>;
}

export function readLog(parts: LogParts): LogReading {
  const { reader, pending, history, clock, hasRun } = parts;
  return {
    open: (path) => reader.read(path),
    check: async () => {
      const open = await reader.read();
      return { open, history: await history.compare(open) };
    },
    view: async (path) => {
      const open = await reader.peek(path);
      const about = {
        history: await history.look(open),
        pending: (await pending.list()).length,
        today: clock.now(),
      };
      const view = summarizeLog(open, about);
      const isChosen = path === undefined || (await reader.peek()).path === open.path;
      return isChosen ? view : { ...view, append: "none" };
    },
    items: async (query) => pageOfItems(await reader.peek(query.path), query, hasRun),
    entry: async (ref) => {
      const open = await reader.peek();
      const index = open.lookups.refs().get(ref) ?? -1;
      const item = open.log.items[index];
      if (item?.kind === "entry") return toEntryView(open, item, index, hasRun);
      throw new Problem("not-found", 404, "The log has no such entry.");
    },
    hasRunId: async (runId) => (await reader.peek()).lookups.runIds().has(runId),
    lastEntries: async (count) => {
      const { bytes, log } = await reader.peek();
      const entries = log.items.filter((item) => item.kind === "entry").slice(-Math.max(count, 1));
      return count < 1 ? [] : entries.map((item) => ({ ref: item.ref, raw: rawOf(bytes, item) }));
    },
    overview: async () => {
      const { path, revision, log } = await reader.peek();
      const entries = log.items.filter((item) => item.kind === "entry");
      const agents = [...new Set(entries.flatMap(({ shown }) => shown.agent ?? []))].sort();
      const isThere = revision !== undefined;
      return { path: isThere ? path : undefined, entries: entries.length, items: log.items.length, agents };
    },
    entries: async () => {
      const { log } = await reader.peek();
      return log.items
        .filter((item) => item.kind === "entry")
        .map(({ ref, shown }) => {
          const { taskId, agent, proposal } = shown;
          return {
            ref,
            ...(taskId !== undefined && { taskId }),
            ...(agent !== undefined && { agent }),
            ...(proposal !== undefined && { proposal }),
          };
        });
    },
  };
}
