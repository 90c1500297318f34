import { systemClock } from "../../platform/clock.ts";
import { newUlid } from "../../platform/ulid.ts";
import { type CommandInput, exitCodes } from "../command-input.ts";
import { readFolderArguments } from "../folder-arguments.ts";
import { reportFailure, UsageProblem } from "../report-failure.ts";
import { printable } from "../terminal-text.ts";
import { withTaskLog } from "./open-task-log.ts";

const options = {
  agent: { type: "string" },
  summary: { type: "string" },
  "output-file": { type: "string", multiple: true },
  status: { type: "string" },
  proposal: { type: "string" },
  feedback: { type: "string" },
  supersedes: { type: "string" },
  "run-id": { type: "string" },
  json: { type: "boolean" },
} as const;

/** `log append FOLDER --agent A --summary S --output-file F`: one entry; the id, the date and the run id are given here. */
export function appendLog(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const { folder, values } = readFolderArguments(args, options);
    const { agent, summary, proposal, feedback, supersedes } = values;
    if (agent === undefined || summary === undefined) throw new UsageProblem("--agent and --summary are needed.");
    const status = readStatus(values.status);
    const runId = readRunId(values["run-id"]);
    return withTaskLog(folder, io, async (log) => {
      const appended = await log.appendEntry({
        ...{ agent, summary, outputFiles: values["output-file"] ?? [], runId, at: systemClock.now().toISOString() },
        ...(status !== undefined && { status }),
        ...(proposal !== undefined && { proposal }),
        ...(feedback !== undefined && { feedback }),
        ...(supersedes !== undefined && { supersedes }),
      });
      const isQueued = appended.outcome === "pending";
      const facts = { queued: false, task_id: appended.taskId, run_id: appended.ref };
      if (values.json === true) io.stdout(`${JSON.stringify(isQueued ? { queued: true } : facts)}\n`);
      else if (isQueued) io.stdout("The log is broken, so the entry waits. “folio log repair” makes the log whole.\n");
      else io.stdout(`${printable(appended.taskId)}  ${appended.ref}\n`);
      return isQueued ? exitCodes.problems : exitCodes.ok;
    });
  });
}

function readStatus(text: string | undefined): "failed" | "refused" | undefined {
  if (text === undefined || text === "completed") return undefined;
  if (text === "failed" || text === "refused") return text;
  throw new UsageProblem(`--status is completed, failed or refused; “${text}” is none of them.`);
}

function readRunId(text: string | undefined): string {
  if (text === undefined) return newUlid();
  if (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text)) return text;
  throw new UsageProblem(`--run-id is a ULID, 26 characters; “${text}” is not one.`);
}
