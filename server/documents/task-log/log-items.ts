/** What a page shows of the items of a log. */
import { decodeText } from "../../../shared/chat-format/bytes.ts";
import { isRepositoryPath } from "../../../shared/codex-format/task-log/repository-path.ts";
import type {
  InvalidTaskLogItem,
  TaskLogEntryItem,
  TaskLogItem,
} from "../../../shared/codex-format/task-log/task-log.ts";
import type { LogEntryView, LogInvalidView, LogItemsPage, LogItemView } from "../../../shared/task-log.ts";
import type { OpenLog } from "./open-log.ts";

export interface LogItemsQuery {
  readonly path?: string | undefined;
  /** How many of the newest are left out; 0 when absent. */
  readonly from?: number | undefined;
  /** 1 to 500; 100 when absent. */
  readonly count?: number | undefined;
  readonly agent?: string | undefined;
  readonly status?: string | undefined;
  readonly hasProblems?: boolean | undefined;
  readonly search?: string | undefined;
  /** Any of these. */
  readonly proposals?: readonly string[] | undefined;
  /** Any of these; an entry may name several. */
  readonly feedback?: readonly string[] | undefined;
  /** An output file, exactly as the entry names it. */
  readonly file?: string | undefined;
}

export type HasRun = (runId: string) => boolean;

const LONGEST_RAW = 4_000;
const LONGEST_INVALID = 20_000;

/** The last in the file first. */
export function pageOfItems(open: OpenLog, query: LogItemsQuery, hasRun: HasRun): LogItemsPage {
  const { items } = open.log;
  const matches = matcher(open, query);
  const [from, count] = [query.from ?? 0, query.count ?? 100];
  const page: LogItemView[] = [];
  let total = 0;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    if (!matches(index)) continue;
    if (total >= from && page.length < count) page.push(toItemView(open, index, hasRun));
    total += 1;
  }
  return { items: page, total, revision: open.revision };
}

function matcher(open: OpenLog, query: LogItemsQuery): (index: number) => boolean {
  const { agent, status, proposals, feedback, file } = query;
  const words = (query.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = [agent, status];
  const wantsEntry = [...wanted, proposals, feedback, file].some((one) => one !== undefined);
  return (index) => {
    const item = open.log.items[index];
    if (item === undefined) return false;
    if (item.kind === "invalid" && wantsEntry) return false;
    if (item.kind === "entry") {
      const { shown } = item;
      const has = [shown.agent, shown.status];
      if (has.some((value, which) => wanted[which] !== undefined && wanted[which] !== value)) return false;
      if (proposals !== undefined && !proposals.includes(shown.proposal ?? "")) return false;
      if (feedback !== undefined && !idsIn(shown.feedback).some((id) => feedback.includes(id))) return false;
      if (file !== undefined && !shown.outputFiles.includes(file)) return false;
      if (query.hasProblems === true && item.problems.length === 0) return false;
    }
    if (words.length === 0) return true;
    const text = open.lookups.searchText(index);
    return words.every((word) => text.includes(word));
  };
}

/** An entry for several pieces of feedback names them with commas between. */
function idsIn(feedback: string | undefined): readonly string[] {
  return feedback?.split(/[,\s]+/) ?? [];
}

function toItemView(open: OpenLog, index: number, hasRun: HasRun): LogItemView {
  const item = open.log.items[index] as TaskLogItem;
  return item.kind === "invalid" ? toInvalidView(item, index) : toEntryView(open, item, index, hasRun);
}

function toInvalidView(item: InvalidTaskLogItem, index: number): LogInvalidView {
  const names = ["ours", "theirs"];
  const sides = item.sides?.map(({ raw }, which) => ({ name: names[which] ?? "", raw: raw.slice(0, LONGEST_INVALID) }));
  const raw = item.raw.slice(0, LONGEST_INVALID);
  return { kind: "invalid", index, reason: item.reason, raw, ...(sides !== undefined && { sides }) };
}

/** `index` is the position in the file. */
export function toEntryView(open: OpenLog, item: TaskLogEntryItem, index: number, hasRun: HasRun): LogEntryView {
  const { shown, problems } = item;
  const { taskId, agent, date, at, proposal, feedback, supersedes, chainedFrom, runId } = shown;
  const same = taskId === undefined ? undefined : open.lookups.sameIds().get(taskId);
  const isOneOfSeveral = same !== undefined && same.length > 1;
  return {
    ...{ kind: "entry", ref: item.ref, index },
    ...(taskId !== undefined && { taskId }),
    ...(isOneOfSeveral && { ofSame: { number: same.indexOf(index) + 1, count: same.length } }),
    ...(agent !== undefined && { agent }),
    ...(date !== undefined && { date }),
    ...(at !== undefined && { at }),
    summary: shown.summary ?? "",
    outputFiles: shown.outputFiles.map((path) => ({ path, isSafe: isRepositoryPath(path) })),
    status: shown.status,
    ...(proposal !== undefined && { proposal }),
    ...(feedback !== undefined && { feedback }),
    ...(supersedes !== undefined && { supersedes }),
    ...(chainedFrom !== undefined && { chainedFrom }),
    ...(runId !== undefined && hasRun(runId) && { runId }),
    problems: problems.map(({ reason }) => reason),
    raw: rawOf(open.bytes, item).slice(0, LONGEST_RAW),
  };
}

/** The entry's own text in the file. */
export function rawOf(bytes: Uint8Array, { span }: TaskLogItem): string {
  return decodeText(bytes.subarray(span.start, span.end));
}
