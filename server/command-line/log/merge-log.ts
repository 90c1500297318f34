import { mergeTaskLogs } from "../../../shared/codex-format/task-log/merge-task-logs.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { reportFailure, UsageProblem } from "../report-failure.ts";
import { printable } from "../terminal-text.ts";

/**
 * `log merge BASE OURS THEIRS [PATH]`, for git's `merge.<name>.driver = folio log merge %O %A %B %P`: the merged log is
 * written to OURS. Exit code 1 leaves OURS as it is, and git tells of a conflict.
 */
export function mergeLog(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const files = args.filter((argument) => argument !== "--");
    const [base, ours, theirs, path = "TASK-LOG.json", ...more] = files;
    if (base === undefined || ours === undefined || theirs === undefined || more.length > 0) {
      throw new UsageProblem("log merge takes the files BASE, OURS and THEIRS, and git's name of the log.");
    }
    const [before, our, their] = await Promise.all([base, ours, theirs].map((file) => io.readFile(file)));
    if (before === undefined || our === undefined || their === undefined) return exitCodes.failed;
    const merged = mergeTaskLogs({ base: before, ours: our, theirs: their }, path);
    if (merged.outcome === "conflict") {
      io.stderr(`${printable(path)}: ${printable(merged.reason)} Nothing was merged.\n`);
      return exitCodes.problems;
    }
    await io.writeFile(ours, merged.bytes);
    return exitCodes.ok;
  });
}
