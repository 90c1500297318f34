/** `agents run NAME FOLDER --goal …` and `runs replay ID FOLDER`. */
import type { AgentRunView } from "../../shared/agents.ts";
import type { ProvidersView } from "../../shared/providers.ts";
import { newUlid } from "../platform/ulid.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { readFolderArguments } from "./folder-arguments.ts";
import { type CommandAgents, withAgents } from "./open-agents.ts";
import { reportFailure, UsageProblem } from "./report-failure.ts";
import { printable } from "./terminal-text.ts";

const AGENTS_USAGE = `Usage:
  agents run NAME FOLDER --goal TEXT   runs an agent of the roster; what it proposes waits to be accepted
    --accept                           write it at once, and the log entry; what it hands over to waits
    --target PATH                      the document, where the agent writes one of several
    --provider NAME  --model NAME      who answers; what was chosen on the page when absent
    --json

Gives 0; 1 when the answer was refused, has failed or the document changed meanwhile; 2 when it cannot be run.
`;

const RUNS_USAGE = `Usage:
  runs replay ID FOLDER [--json]       asks the recorded input of a run again and compares; writes nothing

Gives 0 when both are the same; 1 when they differ; 2 when it cannot be asked again.
`;

const runOptions = {
  goal: { type: "string" },
  accept: { type: "boolean" },
  target: { type: "string" },
  provider: { type: "string" },
  model: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `folio agents …`; resolves to the exit code. */
export function agentsCommand(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const [verb, name, ...rest] = args;
    if (verb !== "run" || name === undefined || name.startsWith("-")) return usage(args, io, AGENTS_USAGE);
    const { folder, values } = readFolderArguments(rest, runOptions);
    const goal = values.goal?.trim() ?? "";
    if (goal === "") throw new UsageProblem("--goal is needed: what the agent is to do.");
    return withAgents(folder, io, async (opened) => {
      const choice = chooseModel(await opened.providers(), values.provider, values.model);
      const target = values.target === undefined ? {} : { target: values.target };
      const runs = await runToItsEnd(opened, { agent: name, goal, ...choice, ...target }, values.accept === true);
      const [run, ...followed] = runs.map(factsOf);
      const facts = followed.length === 0 ? run : { ...run, followed };
      io.stdout(values.json === true ? `${JSON.stringify(facts)}\n` : runs.map(wordsOf).join(""));
      const isGood = runs.every(({ status }) => status === "waiting" || status === "written");
      return isGood ? exitCodes.ok : exitCodes.problems;
    });
  });
}

/** `folio runs …`; resolves to the exit code. */
export function runsCommand(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const [verb, id, ...rest] = args;
    if (verb !== "replay" || id === undefined || id.startsWith("-")) return usage(args, io, RUNS_USAGE);
    const { folder, values } = readFolderArguments(rest, { json: { type: "boolean" } });
    return withAgents(folder, io, async ({ agents, providers }) => {
      await providers();
      const replay = await agents.replay(id, new AbortController().signal);
      if (values.json === true) io.stdout(`${JSON.stringify(replay)}\n`);
      else if (replay.problem !== undefined) io.stderr(`${printable(replay.problem)}\n`);
      else if (replay.isIdentical) io.stdout("The same events, the same judgement.\n");
      else io.stdout(replay.differences.map((difference) => `${printable(difference)}\n`).join(""));
      if (replay.problem !== undefined) return exitCodes.failed;
      return replay.isIdentical ? exitCodes.ok : exitCodes.problems;
    });
  });
}

function usage(args: readonly string[], io: CommandInput, text: string): number {
  if (args.includes("--help")) {
    io.stdout(text);
    return exitCodes.ok;
  }
  io.stderr(text);
  return exitCodes.failed;
}

/**
 * The run, and those that it hands over to: `--accept` is for the first one, the others wait for a person (or a rule).
 * Ctrl+C stops the one at work; its record is kept.
 */
async function runToItsEnd(
  { agents, stop }: CommandAgents,
  asked: { readonly agent: string; readonly goal: string; readonly providerId: string; readonly model: string },
  isAccepted: boolean,
): Promise<readonly AgentRunView[]> {
  const runs: AgentRunView[] = [];
  let atWork = newUlid();
  const onInterrupt = (): void => stop(atWork);
  process.once("SIGINT", onInterrupt);
  try {
    await agents.startRun({ id: atWork, ...asked });
    const record = await agents.ended(atWork);
    if (isAccepted && record.status === "waiting") await agents.accept(atWork, { base: record.input.target.revision });
    for (;;) {
      const run = await agents.view(atWork);
      runs.push(run);
      if (run.next?.runId === undefined) return runs;
      atWork = run.next.runId;
      await agents.ended(atWork);
    }
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** @throws UsageProblem */
function chooseModel(
  { providers, chosen }: ProvidersView,
  provider: string | undefined,
  model: string | undefined,
): { readonly providerId: string; readonly model: string } {
  const isMeant = ({ id, name, models }: ProvidersView["providers"][number]): boolean => {
    if (provider !== undefined) return id === provider || name === provider;
    if (model === undefined || id === chosen?.providerId) return id === chosen?.providerId;
    return models.includes(model);
  };
  // A script that sets OPENAI_API_KEY and says the model has said who answers.
  const fromEnvironment = providers.find(({ source }) => source === "environment");
  const isOpen = provider === undefined && model !== undefined && chosen === undefined;
  const found = providers.find(isMeant) ?? (isOpen ? fromEnvironment : undefined);
  const known = providers.map(({ id }) => id).join(", ");
  if (found === undefined) throw new UsageProblem(`Say who answers with --provider and --model. There are: ${known}.`);
  const isChosen = chosen?.providerId === found.id;
  const named = model ?? (isChosen ? chosen.model : found.models[0]);
  if (named === undefined) throw new UsageProblem(`Say which model of ${found.id} answers: --model.`);
  return { providerId: found.id, model: named };
}

function factsOf(run: AgentRunView) {
  const { id, agent, status, target, taskId, reason, usage: used, added, removed, next, flags } = run;
  return { id, agent, status, target, added, removed, task_id: taskId, reason, next, flags, usage: used };
}

function wordsOf({ id, status, target, added, removed, taskId, reason, flags }: AgentRunView): string {
  const lines = added === undefined ? "" : ` (+${added} −${removed ?? 0})`;
  const notes = flags.map((flag) => `${flag}\n`).join("");
  switch (status) {
    case "written":
      return `${taskId ?? "written"}  ${printable(target)}${lines}  ${id}\n${notes}`;
    case "waiting":
      return `waiting  ${printable(target)}${lines}  ${id}\nNothing is written yet: accept it on the page, or run with --accept.\n${notes}`;
    default:
      return `${status}  ${printable(target)}  ${id}\n${printable(reason?.title ?? "")}\n${notes}`;
  }
}
