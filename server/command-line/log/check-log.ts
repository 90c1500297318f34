import { checkTaskLog } from "../../../shared/codex-format/task-log/check-task-log.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { readFolderArguments } from "../folder-arguments.ts";
import { reportFailure } from "../report-failure.ts";
import { withTaskLog } from "./open-task-log.ts";

const histories = {
  same: "as it was last seen",
  appended: "new entries since it was last seen",
  reformatted: "written anew with the same entries since it was last seen",
  rewritten: "REWRITTEN: entries that were seen are changed or gone, or new ones stand before them",
};

/** `log check FOLDER`: exit code 1 when the log has problems or was rewritten since it was last seen. */
export function checkLog(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const { folder, values } = readFolderArguments(args, { json: { type: "boolean" } });
    return withTaskLog(folder, io, async (tasks) => {
      const { open, history } = await tasks.check();
      const check = { ...checkTaskLog(open.log), history: history.state };
      const { level, entries, invalid, problems } = check;
      if (values.json === true) io.stdout(`${JSON.stringify(check)}\n`);
      else {
        const counts = `${entries} entries, ${invalid} invalid items, ${problems} problems, level ${level}`;
        io.stdout(`${open.path}: ${counts}\n${histories[history.state]}\n`);
      }
      const isWell = problems === 0 && invalid === 0 && history.state !== "rewritten";
      return isWell ? exitCodes.ok : exitCodes.problems;
    });
  });
}
