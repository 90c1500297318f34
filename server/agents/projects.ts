import type { ProjectView, StartProject } from "../../shared/agents.ts";
import type { AgentsContext } from "./agents-context.ts";
import { createProjectRecords, type ProjectRecord } from "./project-records.ts";
import type { RunRecord } from "./run-record.ts";
import { startRun } from "./start-run.ts";

/** Each step is written only after a person has accepted it, and reads what the steps before have written. */
const steps = [
  { agent: "doc_writer", target: ".codex/PRD.md", words: "the product requirements" },
  { agent: "doc_writer", target: ".codex/ARCHITECTURE.md", words: "the architecture that the PRD asks for" },
  { agent: "doc_writer", target: ".codex/AGENTS.md", words: "the roster of agents that this project needs" },
  { agent: "planner", target: ".codex/PROPOSED-TASKS.md", words: "the first tasks, as proposals" },
] as const;

export interface Projects {
  /** Starts it, or goes on where it stands still. @throws Problem */
  start(asked: StartProject): Promise<ProjectView>;
  /** @throws Problem 404 */
  view(id: string): Promise<ProjectView>;
  /** A step's run has ended: written starts the next step, rejected ends the project. */
  stepEnded(run: RunRecord): Promise<void>;
  /** The step of `old` is asked again by the run `next`. */
  askedAgain(project: string, old: string, next: string): Promise<void>;
}

export function createProjects(context: AgentsContext): Projects {
  const files = createProjectRecords(context.store);
  const change = async (id: string, next: (record: ProjectRecord) => ProjectRecord): Promise<ProjectRecord> => {
    const changed = await files.change(id, next);
    context.log.append("workspace", { type: "project-changed", id });
    return changed;
  };

  const startStep = (project: ProjectRecord): Promise<void> => startProjectStep(context, project, change);
  const view = async (id: string): Promise<ProjectView> => viewOf(context, await files.get(id));

  return {
    view,
    start: async (asked) => {
      const record: ProjectRecord = {
        format: "agent-project/1",
        id: asked.id,
        started: context.clock.now().toISOString(),
        asked,
        runs: [],
        isOver: false,
      };
      await files.add(record);
      const now = await files.get(asked.id);
      const last = now.runs.at(-1);
      const isDue = last === undefined || (await context.records.read(last))?.status === "written";
      if (isDue) await startStep(now);
      return view(asked.id);
    },
    stepEnded: async (run) => {
      const id = run.chain?.project;
      if (id === undefined) return;
      const project = await change(id, (now) => {
        const isLast = run.status === "written" && now.runs.length === steps.length && now.runs.at(-1) === run.id;
        return { ...now, isOver: now.isOver || run.status === "rejected" || isLast };
      });
      if (run.status === "written" && project.runs.at(-1) === run.id) await startStep(project);
    },
    askedAgain: async (id, old, next) => {
      await change(id, (now) => ({ ...now, isOver: false, runs: now.runs.map((run) => (run === old ? next : run)) }));
    },
  };
}

async function viewOf(context: AgentsContext, { id, asked, runs, isOver }: ProjectRecord): Promise<ProjectView> {
  const shown = steps.map(async ({ agent, target }, index) => {
    const runId = runs[index];
    const run = runId === undefined ? undefined : await context.records.read(runId);
    return { agent, target, status: run?.status ?? ("planned" as const), ...(runId === undefined ? {} : { runId }) };
  });
  return { id, name: asked.name, steps: await Promise.all(shown), isOver };
}

function goalOf(asked: StartProject, step: (typeof steps)[number]): string {
  const answers = asked.answers
    .filter(({ answer }) => answer.trim() !== "")
    .map(({ question, answer }) => `- ${question}\n  ${answer.replaceAll("\n", "\n  ")}`);
  return [`Project: ${asked.name}`, `Write ${step.words} into ${step.target}.`, ...answers]
    .join("\n\n")
    .slice(0, 20_000);
}

/** The step is kept before its run begins, so that two requests start it once; a run that cannot begin frees it. */
async function startProjectStep(
  context: AgentsContext,
  project: ProjectRecord,
  change: (id: string, next: (record: ProjectRecord) => ProjectRecord) => Promise<ProjectRecord>,
): Promise<void> {
  const index = project.runs.length;
  const step = steps[index];
  if (step === undefined || project.isOver) return;
  const { id, asked, runs } = project;
  const runId = context.newRunId();
  const taken = await change(id, (now) => (now.runs.length === index ? { ...now, runs: [...now.runs, runId] } : now));
  if (taken.runs[index] !== runId) return;
  const from = runs.at(-1);
  try {
    await startRun(context, {
      id: runId,
      agent: step.agent,
      target: step.target,
      goal: goalOf(asked, step),
      providerId: asked.providerId,
      model: asked.model,
      reads: steps.slice(0, index).map(({ target }) => target),
      chain: { id, step: index + 1, project: id, ...(from === undefined ? {} : { from }) },
    });
  } catch (error) {
    await change(id, (now) => ({ ...now, runs: now.runs.filter((run) => run !== runId) }));
    throw error;
  }
}
