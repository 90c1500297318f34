import type { TaskLogItem } from "../../../shared/codex-format/task-log/task-log.ts";
import { taskLogJson } from "../../../shared/codex-format/task-log/task-log-json.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { readFolderArguments } from "../folder-arguments.ts";
import { reportFailure } from "../report-failure.ts";
import { aligned, shortened } from "../terminal-text.ts";
import { withTaskLog } from "./open-task-log.ts";

/** `log list FOLDER`: every item, in the order of the file. Stores nothing anywhere. */
export function listLog(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const { folder, values } = readFolderArguments(args, { json: { type: "boolean" } });
    return withTaskLog(folder, io, async (tasks) => {
      const { log } = await tasks.open();
      io.stdout(values.json === true ? `${JSON.stringify(taskLogJson(log))}\n` : aligned(log.items.map(toRow)));
      return exitCodes.ok;
    });
  });
}

function toRow(item: TaskLogItem): readonly string[] {
  if (item.kind === "invalid") return ["?", "", "", "", `${shortened(item.reason, 60)}: ${shortened(item.raw, 80)}`];
  const { taskId = "–", date = "–", agent = "–", status, summary = "" } = item.shown;
  const mark = item.problems.length === 0 ? "" : ` (${item.problems.map(({ field }) => field).join(", ")})`;
  const word = status === "completed" ? "" : `${shortened(status, 12)}: `;
  return [
    shortened(taskId, 16),
    shortened(date, 20),
    shortened(agent, 24),
    `${word}${shortened(summary, 220)}${shortened(mark, 80)}`,
  ];
}
