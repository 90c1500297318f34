import type { RunReason, StartProject } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { ProjectRecord } from "./project-records.ts";
import { startRun } from "./start-run.ts";

/** Each step is written only after a person has accepted it, and reads what the steps before have written. */
export const projectSteps = [
  { agent: "doc_writer", target: ".codex/PRD.md", words: "the product requirements" },
  { agent: "doc_writer", target: ".codex/ARCHITECTURE.md", words: "the architecture that the PRD asks for" },
  { agent: "doc_writer", target: ".codex/AGENTS.md", words: "the roster of agents that this project needs" },
  { agent: "planner", target: ".codex/PROPOSED-TASKS.md", words: "the first tasks, as proposals" },
] as const;

export interface StepStarter {
  readonly context: AgentsContext;
  /** Durably, and told to every page. */
  readonly change: (id: string, next: (record: ProjectRecord) => ProjectRecord) => Promise<ProjectRecord>;
}

/** Whether nothing is at work or waits in the last step that began, so that one can begin. */
export async function isDue(context: AgentsContext, { runs, isOver }: ProjectRecord): Promise<boolean> {
  const last = runs.at(-1);
  if (isOver) return false;
  if (last === undefined) return true;
  const run = await context.records.read(last);
  // Folio ended between taking the place and beginning the run.
  if (run === undefined) return !context.starting.has(last);
  return run.status === "written" && runs.length < projectSteps.length;
}

/**
 * The place is kept before its run begins, so that a crash starts it at most once; a run that cannot begin frees it and
 * says why.
 * @throws Problem as for any run
 */
export async function startProjectStep({ context, change }: StepStarter, project: ProjectRecord): Promise<void> {
  const begun = await begunRuns(context, project);
  const index = begun.length;
  const step = projectSteps[index];
  if (step === undefined || project.isOver) return;
  const { id, asked } = project;
  const runId = context.newRunId();
  const { problem: _, ...rest } = await change(id, ({ problem: __, ...now }) =>
    now.runs.length === project.runs.length ? { ...now, runs: [...begun, runId] } : now,
  );
  if (rest.runs[index] !== runId) return;
  const from = begun.at(-1);
  try {
    await startRun(context, {
      id: runId,
      agent: step.agent,
      target: step.target,
      goal: goalOf(asked, step),
      providerId: asked.providerId,
      model: asked.model,
      reads: projectSteps.slice(0, index).map(({ target }) => target),
      chain: { id, step: index + 1, project: id, ...(from === undefined ? {} : { from }) },
    });
  } catch (error) {
    const problem = reasonOf(error);
    await change(id, (now) => ({ ...now, runs: now.runs.filter((run) => run !== runId), problem }));
    throw error;
  }
}

/** Without a last place whose run never began. */
async function begunRuns(context: AgentsContext, { runs }: ProjectRecord): Promise<readonly string[]> {
  const last = runs.at(-1);
  return last === undefined || (await context.records.read(last)) !== undefined ? runs : runs.slice(0, -1);
}

function reasonOf(error: unknown): RunReason {
  if (!(error instanceof Problem)) return { code: "failed", title: "The step could not begin.", detail: String(error) };
  const { code, message, detail } = error;
  return { code, title: message, ...(detail === undefined ? {} : { detail }) };
}

function goalOf(asked: StartProject, step: (typeof projectSteps)[number]): string {
  const answers = asked.answers
    .filter(({ answer }) => answer.trim() !== "")
    .map(({ question, answer }) => `- ${question}\n  ${answer.replaceAll("\n", "\n  ")}`);
  return [`Project: ${asked.name}`, `Write ${step.words} into ${step.target}.`, ...answers]
    .join("\n\n")
    .slice(0, 20_000);
}
