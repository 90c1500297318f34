import { checkTaskLog } from "../../../shared/codex-format/task-log/check-task-log.ts";
import type { TaskLog } from "../../../shared/codex-format/task-log/task-log.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { readFolderArguments } from "../folder-arguments.ts";
import { reportFailure } from "../report-failure.ts";
import { printable } from "../terminal-text.ts";
import { withTaskLog } from "./open-task-log.ts";

const histories = {
  same: "as it was last seen",
  appended: "new entries since it was last seen",
  reformatted: "written anew with the same entries since it was last seen",
  rewritten: "REWRITTEN: entries that were seen are changed or gone, or new ones stand before them",
};

const shownProblems = 20;

/** Each problem with its place; entries are counted from 1, in the order of the file. */
function problemLines({ problems, items }: TaskLog): string {
  const lines = [
    ...problems.map(({ reason }) => `file: ${reason}`),
    ...items.flatMap((item, at) => {
      const place = `item ${at + 1}`;
      if (item.kind === "invalid") return [`${place}: ${item.reason}`];
      return item.problems.map(
        ({ reason }) => `${place}${item.shown.taskId === undefined ? "" : `, ${item.shown.taskId}`}: ${reason}`,
      );
    }),
  ];
  const more = lines.length > shownProblems ? `  … and ${lines.length - shownProblems} more\n` : "";
  return `${lines
    .slice(0, shownProblems)
    .map((line) => `  ${printable(line)}\n`)
    .join("")}${more}`;
}

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
        io.stdout(`${open.path}: ${counts}\n${problemLines(open.log)}${histories[history.state]}\n`);
      }
      const isWell = problems === 0 && invalid === 0 && history.state !== "rewritten";
      return isWell ? exitCodes.ok : exitCodes.problems;
    });
  });
}
