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
  /** Compares with what was last seen, and stores nothing. */
  look(open: OpenLog): Promise<LogHistoryView>;
  /** Compares with what was last seen, which then becomes what is there now, unless the log was rewritten. */
  compare(open: OpenLog): Promise<LogHistoryView>;
  /** After a write of our own: what was written is what was last seen, unless the log was rewritten before. */
  follow(before: OpenLog, now: OpenLog): Promise<void>;
  /** What is there now is as it should be. */
  acknowledge(open: OpenLog): Promise<void>;
  /** The log as it was last seen. */
  lastSeen(path: string): Promise<OpenLog | undefined>;
}

/** What was found of the file at a revision, and whether that file is what was last seen now. */
interface Found {
  readonly revision: string | undefined;
  readonly view: LogHistoryView;
  readonly isKept: boolean;
}

const MOST_SHOWN = 1_000;
/** How often another process may come between. */
const MOST_TRIES = 50;

export function createLogHistory({
  seenLogs,
  clock,
}: {
  readonly seenLogs: SeenLogs;
  readonly clock: Clock;
}): LogHistory {
  // What was found is shown for as long as the file stays as it is, also after it became what was last seen.
  const found = new Map<string, Found>();
  const remember = ({ path, revision }: OpenLog, view: LogHistoryView, kept: "kept" | "found"): Found => {
    const now = { revision, view, isKept: kept === "kept" };
    found.set(path, now);
    return now;
  };
  const same = (): LogHistoryView => ({ state: "same", checked: clock.now().toISOString() });

  const find = async (open: OpenLog): Promise<Found> => {
    const last = found.get(open.path);
    if (last !== undefined && last.revision === open.revision) return last;
    const before = await seenLogs.read(open.path);
    if (before === undefined) return remember(open, same(), "found");
    const history = compareWith(before, open);
    const checked = clock.now().toISOString();
    return remember(open, { state: history.state, checked, ...whatHappened(history, before, open) }, "found");
  };
  const compare = async (open: OpenLog): Promise<LogHistoryView> => {
    const { view, isKept } = await find(open);
    if (isKept || view.state === "rewritten" || open.revision === undefined) return view;
    await keep(seenLogs, open, isLater);
    return remember(open, view, "kept").view;
  };
  return {
    look: async (open) => (await find(open)).view,
    compare,
    follow: async (before, now) => {
      if ((await compare(before)).state === "rewritten") return;
      await keep(seenLogs, now, isLater);
      remember(now, same(), "kept");
    },
    acknowledge: async (open) => {
      await keep(seenLogs, open, () => false);
      remember(open, same(), "kept");
    },
    lastSeen: async (path) => {
      const before = await seenLogs.read(path);
      return before && openSeen(path, before);
    },
  };
}

/** Makes `open` what was last seen. `isLeft`: whether what another process has kept meanwhile stays. */
async function keep(
  seenLogs: SeenLogs,
  open: OpenLog,
  isLeft: (theirs: SeenLog, open: OpenLog) => boolean,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await seenLogs.write(open.path, { bytes: open.bytes, length: open.log.seenLength })) return;
    const theirs = await seenLogs.read(open.path);
    if (theirs === undefined || !isLeft(theirs, open)) continue;
    return seenLogs.forget(open.path);
  }
}

/** Who appends right after another one may be the first to keep what it saw: that has both. */
function isLater(theirs: SeenLog, open: OpenLog): boolean {
  return compareWith(theirs, open).state === "rewritten";
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
