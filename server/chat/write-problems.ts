import type { Notice } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";

export interface WriteProblems {
  raised(path: string, error: unknown): void;
  /** Answers whether there was a problem with this path. */
  cleared(path: string): boolean;
  has(path: string): boolean;
  current(): readonly Notice[];
}

/** Files that cannot be written now: one notice for all of them, gone when the last one is written. */
export function createWriteProblems(log: EventLog): WriteProblems {
  const problems = new Map<string, string>();
  let notice: Notice | undefined;

  const tell = (): void => {
    const reason = [...problems.values()].at(-1);
    if (reason === undefined) {
      if (notice !== undefined) log.append("workspace", { type: "notice-cleared", id: notice.id });
      notice = undefined;
      return;
    }
    const count = problems.size === 1 ? "One conversation is" : `${problems.size} conversations are`;
    notice = {
      id: "unwritten",
      level: "danger",
      title: reason,
      detail: `${count} not in the file yet. What is missing is safe in Folio's journal and will be written when that is possible.`,
    };
    log.append("workspace", { type: "notice-raised", notice });
  };

  return {
    raised: (path, error) => {
      problems.set(path, error instanceof Error ? error.message : String(error));
      tell();
    },
    cleared: (path) => {
      const had = problems.delete(path);
      if (had) tell();
      return had;
    },
    has: (path) => problems.has(path),
    current: () => (notice === undefined ? [] : [notice]),
  };
}
