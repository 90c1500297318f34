import type { ProjectView, StartProject } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import { startRun } from "./start-run.ts";

interface ProjectRecord {
  readonly format: "agent-project/1";
  readonly id: string;
  readonly started: string;
  readonly asked: StartProject;
  /** The run of each step, as far as they were started. */
  readonly runs: readonly string[];
  readonly isOver: boolean;
}

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
  const { store } = context;
  const pathOf = (id: string): string => `projects/${id}.json`;

  const change = async (id: string, next: (record: ProjectRecord) => ProjectRecord): Promise<ProjectRecord> => {
    for (;;) {
      const stored = await readProject(store, pathOf(id));
      if (stored === undefined) throw noProject();
      const changed = next(stored.record);
      const result = await store.write(pathOf(id), bytesOf(changed), stored.revision);
      if (result.outcome === "stale") continue;
      context.log.append("workspace", { type: "project-changed", id });
      return changed;
    }
  };

  /** The step is kept before its run begins, so that two requests start it once; a run that cannot begin frees it. */
  const startStep = async (project: ProjectRecord): Promise<void> => {
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
  };

  const view = async (id: string): Promise<ProjectView> => {
    const stored = await readProject(store, pathOf(id));
    if (stored === undefined) throw noProject();
    return viewOf(context, stored.record);
  };

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
      await store.write(pathOf(asked.id), bytesOf(record), undefined);
      const { record: now } = (await readProject(store, pathOf(asked.id))) ?? { record };
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

function bytesOf(record: ProjectRecord): Uint8Array {
  return Buffer.from(`${JSON.stringify(record, undefined, 1)}\n`);
}

async function readProject(
  store: DocumentStore,
  path: string,
): Promise<{ readonly record: ProjectRecord; readonly revision: string } | undefined> {
  try {
    const { bytes, revision } = await store.read(path);
    const record = JSON.parse(new TextDecoder().decode(bytes)) as ProjectRecord;
    return record.format === "agent-project/1" ? { record, revision } : undefined;
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "not-found") return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function noProject(): Problem {
  return new Problem("not-found", 404, "There is no such project here.");
}
