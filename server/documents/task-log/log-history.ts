/** Whether the log was rewritten since it was last seen. */
import {
  compareTaskLogHistory,
  type TaskLogHistory,
} from "../../../shared/codex-format/task-log/compare-task-log-history.ts";
import type { TaskLogEntryItem, TaskLogItem } from "../../../shared/codex-format/task-log/task-log.ts";
import type { LogHistoryView } from "../../../shared/task-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { digest } from "./digest.ts";
import { toEntryView } from "./log-items.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import type { SeenLog, SeenLogs } from "./seen-logs.ts";

export interface LogHistory {
  /** Compares with what was last seen, which then becomes what is there now, unless the log was rewritten. */
  compare(open: OpenLog): Promise<LogHistoryView>;
  /** After a write of our own: what was written is what was last seen, unless the log was rewritten before. */
  follow(before: OpenLog, now: OpenLog): Promise<void>;
  /** What is there now is as it should be. */
  acknowledge(open: OpenLog): Promise<void>;
  /** The log as it was last seen. */
  lastSeen(path: string): Promise<OpenLog | undefined>;
}

const MOST_SHOWN = 1_000;

export function createLogHistory({
  seenLogs,
  clock,
}: {
  readonly seenLogs: SeenLogs;
  readonly clock: Clock;
}): LogHistory {
  // What was found is shown for as long as the file stays as it is, also after it became what was last seen.
  const found = new Map<string, { readonly revision: string | undefined; readonly view: LogHistoryView }>();
  const known = ({ path, revision }: OpenLog): LogHistoryView | undefined => {
    const last = found.get(path);
    return last?.revision === revision ? last?.view : undefined;
  };
  const remember = ({ path, revision }: OpenLog, view: LogHistoryView): LogHistoryView => {
    found.set(path, { revision, view });
    return view;
  };
  const keep = (open: OpenLog): Promise<void> =>
    seenLogs.write(open.path, { bytes: open.bytes, length: open.log.seenLength });
  const same = (): LogHistoryView => ({ state: "same", checked: clock.now().toISOString() });

  const compare = async (open: OpenLog): Promise<LogHistoryView> => {
    const last = known(open);
    if (last !== undefined) return last;
    const before = await seenLogs.read(open.path);
    if (before === undefined) {
      if (open.revision !== undefined) await keep(open);
      return remember(open, same());
    }
    const history = compareWith(before, open);
    if (history.state !== "rewritten") await keep(open);
    const checked = clock.now().toISOString();
    return remember(open, { state: history.state, checked, ...whatHappened(history, before, open) });
  };
  return {
    compare,
    follow: async (before, now) => {
      if ((await compare(before)).state === "rewritten") return;
      await keep(now);
      remember(now, same());
    },
    acknowledge: async (open) => {
      await keep(open);
      remember(open, same());
    },
    lastSeen: async (path) => {
      const before = await seenLogs.read(path);
      return before && openSeen(path, before);
    },
  };
}

function compareWith({ seen, bytes }: SeenLog, open: OpenLog): TaskLogHistory {
  return compareTaskLogHistory({ seen, copy: bytes, fileName: open.path }, open.bytes, open.log, digest);
}

function whatHappened(history: TaskLogHistory, before: SeenLog, open: OpenLog): Partial<LogHistoryView> {
  if (history.state === "same") return {};
  if (history.state !== "rewritten") return history.added.length === 0 ? {} : { added: history.added.length };
  const old = openSeen(open.path, before);
  const [oldPlaces, newPlaces] = [placesOf(old), placesOf(open)];
  const oldView = (item: TaskLogEntryItem) => toEntryView(old, item, oldPlaces.get(item.span.start) ?? 0, () => false);
  const newView = (item: TaskLogEntryItem) => toEntryView(open, item, newPlaces.get(item.span.start) ?? 0, () => false);
  const restored = new Set(open.log.items.flatMap((item) => supersededBy(item) ?? []));
  const lost = history.lost.filter((item) => item.kind === "entry").map(oldView);
  return {
    lost: lost.filter(({ ref }) => !restored.has(ref)).slice(0, MOST_SHOWN),
    changed: history.changed
      .slice(0, MOST_SHOWN)
      .map((pair) => ({ before: oldView(pair.before), now: newView(pair.after) })),
    added: history.added.length,
    inserted: history.inserted
      .filter((item) => item.kind === "entry")
      .slice(0, MOST_SHOWN)
      .map(newView),
  };
}

function openSeen(path: string, { bytes }: SeenLog): OpenLog {
  return openLog({ path, bytes, revision: undefined, others: [] });
}

/** Positions by where the items begin. */
function placesOf({ log }: OpenLog): ReadonlyMap<number, number> {
  return new Map(log.items.map((item, index) => [item.span.start, index]));
}

function supersededBy(item: TaskLogItem): string | undefined {
  return item.kind === "entry" ? item.shown.supersedes : undefined;
}
