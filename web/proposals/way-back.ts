import type { ProposalStatus } from "../../shared/codex-format/proposals/board.ts";
import { exactStatus, nextStatuses } from "../../shared/codex-format/proposals/board-status.ts";

/**
 * The statuses to write, one after another, that lead back from `now` to `before` by moves that a proposal may make; the
 * shortest such way, and never through `done`, which needs a log entry. Undefined when there is none.
 */
export function wayBack(now: string, before: string): readonly string[] | undefined {
  const [start, end] = [exactStatus(now), exactStatus(before)];
  if (start === undefined || end === undefined || end === "done" || start === "done") return undefined;
  let ways: readonly (readonly ProposalStatus[])[] = [[]];
  const seen = new Set<ProposalStatus>([start, "done"]);
  while (ways.length > 0) {
    const longer = ways.flatMap((way) =>
      nextStatuses(way.at(-1) ?? start)
        .filter((next) => !seen.has(next))
        .map((next) => [...way, next]),
    );
    const found = longer.find((way) => way.at(-1) === end);
    if (found !== undefined) return found;
    for (const way of longer) seen.add(way.at(-1) ?? start);
    ways = longer;
  }
  return undefined;
}
