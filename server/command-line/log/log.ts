/** `log list|check|append|repair FOLDER` and `log merge`: the task log for scripts, agents and git. */
import { type CommandInput, exitCodes, type RunCommand } from "../command-input.ts";

const USAGE = `Usage:
  log list FOLDER [--json]      every item of the task log, in the order of the file
  log check FOLDER [--json]     whether it is whole, and whether it was rewritten since it was last seen
  log append FOLDER --agent NAME --summary TEXT [--output-file PATH]…
                                one new entry; --status failed|refused, --proposal ID, --feedback ID,
                                --supersedes REF, --run-id ULID (the same one again appends nothing), --json
  log repair FOLDER [--sides ours|theirs|both] [--preview] [--json]
                                a broken log is made whole; what it was is kept beside it
  log merge BASE OURS THEIRS    merge driver for git: writes the entries of both to OURS

FOLDER is the current one when it is left out.
`;

const verbs: ReadonlyMap<string, () => Promise<RunCommand>> = new Map(
  Object.entries({
    list: async () => (await import("./list-log.ts")).listLog,
    check: async () => (await import("./check-log.ts")).checkLog,
    append: async () => (await import("./append-log.ts")).appendLog,
    repair: async () => (await import("./repair-log.ts")).repairLog,
    merge: async () => (await import("./merge-log.ts")).mergeLog,
  }),
);

/** Gives the exit code: 0; 1 when the log has problems, was rewritten, or the entry waits; 2 when it cannot be done. */
export async function logCommand(args: readonly string[], io: CommandInput): Promise<number> {
  const [verb = "", ...rest] = args;
  if (verb === "--help" || rest.includes("--help")) {
    io.stdout(USAGE);
    return exitCodes.ok;
  }
  const run = await verbs.get(verb)?.();
  if (run !== undefined) return run(rest, io);
  io.stderr(USAGE);
  return exitCodes.failed;
}
