import type { RepairLog } from "../../../shared/task-log.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { readFolderArguments } from "../folder-arguments.ts";
import { reportFailure, UsageProblem } from "../report-failure.ts";
import { printable } from "../terminal-text.ts";
import { withTaskLog } from "./open-task-log.ts";

const options = { sides: { type: "string" }, preview: { type: "boolean" }, json: { type: "boolean" } } as const;

/** `log repair FOLDER`: the broken file is kept beside the log. Exit code 0, also when there is nothing to repair. */
export function repairLog(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const { folder, values } = readFolderArguments(args, options);
    const sides = readSides(values.sides);
    return withTaskLog(folder, io, async (tasks) => {
      const { revision, log } = await tasks.open();
      const isWhole = revision === undefined || log.level === 0 || log.level === 2;
      const asked: RepairLog = { base: revision ?? "", ...(sides !== undefined && { sides }) };
      const { report, kept, invalidKept } = isWhole
        ? { report: [], kept: log.items.length, invalidKept: 0 }
        : await tasks.repairPreview(asked);
      const isOnlyShown = isWhole || values.preview === true;
      const backup = isOnlyShown ? undefined : (await tasks.repair(asked)).backup;
      if (isWhole) await tasks.flush();
      const facts = { repaired: backup !== undefined, backup, kept, invalidKept, report };
      if (values.json === true) {
        io.stdout(`${JSON.stringify(facts)}\n`);
        return exitCodes.ok;
      }
      for (const line of isWhole ? ["The log is whole: there is nothing to repair."] : report) {
        io.stdout(`${printable(line)}\n`);
      }
      if (backup !== undefined) io.stdout(`Repaired. What it was is in ${printable(backup)}.\n`);
      return exitCodes.ok;
    });
  });
}

function readSides(text: string | undefined): RepairLog["sides"] {
  if (text === undefined || text === "ours" || text === "theirs" || text === "both") return text;
  throw new UsageProblem(`--sides is ours, theirs or both; “${text}” is none of them.`);
}
