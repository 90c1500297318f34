/** What is said of a log as a whole. */
import { LINE_FEED } from "../../../shared/chat-format/bytes.ts";
import type { LogHistoryView, TaskLogView } from "../../../shared/task-log.ts";
import type { OpenLog } from "./open-log.ts";

const WEEKS = 12;
const DAY_MS = 86_400_000;
const MOST_PROBLEMS = 200;

export function summarizeLog(
  open: OpenLog,
  about: { readonly history: LogHistoryView; readonly pending: number; readonly today: Date },
): TaskLogView {
  const { path, revision, log, others } = open;
  const { counts, agents, statuses, days } = countItems(open);
  return {
    ...{ path, exists: revision !== undefined },
    ...(revision !== undefined && { revision }),
    ...{ level: log.level, append: log.append },
    counts: { ...counts, pending: about.pending },
    problems: locateProblems(open),
    history: about.history,
    agents,
    statuses,
    activity: activityOf(days, about.today),
    others,
  };
}

function countItems({ log }: OpenLog) {
  const counts = { entries: 0, invalid: 0, withProblems: 0, refused: 0, failed: 0 };
  const agents = new Set<string>();
  const statuses = new Set<string>();
  const days: string[] = [];
  for (const item of log.items) {
    if (item.kind === "invalid") {
      counts.invalid += 1;
      continue;
    }
    const { agent, status, at, date } = item.shown;
    counts.entries += 1;
    if (item.problems.length > 0) counts.withProblems += 1;
    if (status === "refused") counts.refused += 1;
    if (status === "failed") counts.failed += 1;
    if (agent !== undefined) agents.add(agent);
    statuses.add(status);
    days.push((date ?? at ?? "").slice(0, 10));
  }
  return { counts, agents: [...agents].sort(), statuses: [...statuses].sort(), days };
}

/** Lines are counted from 1. */
function locateProblems({ bytes, log }: OpenLog): TaskLogView["problems"] {
  const ordered = log.problems.toSorted((left, right) => left.offset - right.offset).slice(0, MOST_PROBLEMS);
  let line = 1;
  let from = 0;
  return ordered.map(({ offset, reason }) => {
    for (let end = bytes.indexOf(LINE_FEED, from); end !== -1 && end < offset; end = bytes.indexOf(LINE_FEED, from)) {
      line += 1;
      from = end + 1;
    }
    return { line, reason };
  });
}

/** Entries a week, the last 12 up to today's, oldest first. */
function activityOf(days: readonly string[], today: Date): TaskLogView["activity"] {
  const thisMonday = mondayOf(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()));
  const counts = new Map<number, number>();
  for (let week = WEEKS - 1; week >= 0; week -= 1) counts.set(thisMonday - week * 7 * DAY_MS, 0);
  const known = new Map<string, number>();
  for (const day of days) {
    let monday = known.get(day);
    if (monday === undefined) {
      monday = /^\d{4}-\d{2}-\d{2}$/.test(day) ? mondayOf(Date.parse(`${day}T00:00:00Z`)) : Number.NaN;
      known.set(day, monday);
    }
    const count = counts.get(monday);
    if (count !== undefined) counts.set(monday, count + 1);
  }
  return [...counts].map(([monday, count]) => ({ week: new Date(monday).toISOString().slice(0, 10), count }));
}

function mondayOf(time: number): number {
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  return time - weekday * DAY_MS;
}
