import type { GoOnProject, ProjectView, StartProject } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentsContext } from "./agents-context.ts";
import { createProjectRecords, type ProjectRecord } from "./project-records.ts";
import { isDue, projectSteps, type StepStarter, startProjectStep } from "./project-steps.ts";
import { type RunRecord, rejectionOf } from "./run-record.ts";

export interface Projects {
  /** Starts it, or goes on where it stands still; a step that cannot begin says why in the view. */
  start(asked: StartProject): Promise<ProjectView>;
  /** Begins the step that is due, with this model; one that cannot begin says why in the view. @throws Problem 404, 409 when none is due */
  goOn(id: string, choice: GoOnProject): Promise<ProjectView>;
  /** @throws Problem 404 */
  view(id: string): Promise<ProjectView>;
  /** Newest first. */
  list(): Promise<readonly ProjectView[]>;
  /** A step's run has ended: written starts the next step, rejected ends the project. */
  stepEnded(run: RunRecord): Promise<void>;
  /** The step of `old` is asked again by the run `next`. */
  askedAgain(project: string, old: string, next: string): Promise<void>;
}

export function createProjects(context: AgentsContext): Projects {
  const files = createProjectRecords(context.store);
  const change: StepStarter["change"] = async (id, next) => {
    const changed = await files.change(id, next);
    context.log.append("workspace", { type: "project-changed", id });
    return changed;
  };
  /** Projects whose due step is being begun, so that asking twice begins it once. */
  const beginning = new Map<string, Promise<void>>();
  const startStep = (project: ProjectRecord): Promise<void> => {
    const begun =
      beginning.get(project.id) ??
      startProjectStep({ context, change }, project).finally(() => beginning.delete(project.id));
    beginning.set(project.id, begun);
    return begun;
  };
  /** Why it could not begin stands in the project, where one goes on. */
  const begin = async (project: ProjectRecord): Promise<void> => {
    try {
      await startStep(project);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  };
  const shown = (record: ProjectRecord): Promise<ProjectView> => viewOf(context, record, beginning.has(record.id));

  return {
    view: async (id) => shown(await files.get(id)),
    list: async () => Promise.all((await files.list()).map(shown)),
    start: async (asked) => {
      const started = context.clock.now().toISOString();
      await files.add({ format: "agent-project/1", id: asked.id, started, asked, runs: [], isOver: false });
      const now = await files.get(asked.id);
      if (await isDue(context, now)) await begin(now);
      return shown(await files.get(asked.id));
    },
    goOn: async (id, { providerId, model }) => {
      const now = await files.get(id);
      await beginning.get(id);
      if (now.isOver || !(await isDue(context, await files.get(id)))) {
        throw new Problem("already-exists", 409, "No step of this project waits to be begun. Nothing was started.");
      }
      await begin(await change(id, (project) => ({ ...project, asked: { ...project.asked, providerId, model } })));
      return shown(await files.get(id));
    },
    stepEnded: async (run) => {
      const id = run.chain?.project;
      if (id === undefined) return;
      const project = await change(id, (now) => {
        const isLast =
          run.status === "written" && now.runs.length === projectSteps.length && now.runs.at(-1) === run.id;
        return { ...now, isOver: now.isOver || run.status === "rejected" || isLast };
      });
      if (run.status === "written" && project.runs.at(-1) === run.id) await startStep(project);
    },
    askedAgain: async (id, old, next) => {
      await change(id, (now) => ({ ...now, isOver: false, runs: now.runs.map((run) => (run === old ? next : run)) }));
    },
  };
}

async function viewOf(
  context: AgentsContext,
  { id, asked, started, runs, isOver, problem }: ProjectRecord,
  isBeginning: boolean,
): Promise<ProjectView> {
  const steps = projectSteps.map(async ({ agent, target }, index) => {
    const run = await context.records.read(runs[index] ?? "");
    const rejection = run && rejectionOf(run);
    // A place that was taken for a run which never began is no run.
    return {
      agent,
      target,
      status: run?.status ?? ("planned" as const),
      ...(run === undefined ? {} : { runId: run.id }),
      ...(rejection === undefined ? {} : { rejection }),
    };
  });
  return {
    ...{ id, name: asked.name, started, isOver, steps: await Promise.all(steps) },
    ...(isBeginning ? { isBeginning } : {}),
    ...(problem === undefined || isBeginning ? {} : { problem }),
  };
}
