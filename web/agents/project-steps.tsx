import "./start-run-form.css";
import "./project.css";
import { type ReactElement, type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { ProjectView } from "../../shared/agents.ts";
import type { ChooseModel } from "../../shared/providers.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { useResource } from "../platform/use-resource.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { goOnProject, projectPath } from "./agents-api.ts";
import { fileName } from "./file-name.ts";
import { type ProjectStep, ProjectStepRow } from "./project-step-row.tsx";
import { projectWords as words } from "./project-words.ts";
import { RunWhole } from "./run-whole.tsx";

/** The step whose run has not been written yet: a person's turn, or the model's. */
function dueStep({ steps }: ProjectView): ProjectStep | undefined {
  return steps.findLast(({ runId, status }) => runId !== undefined && status !== "written");
}

/** A project's four steps, with the run of the one that is due and what a person decides about it. */
export function ProjectSteps(props: {
  readonly id: string;
  readonly choice: ChooseModel | undefined;
  readonly picker: ReactNode;
}): ReactElement {
  const { id, choice } = props;
  const { value, problem, refresh } = useResource<ProjectView>(
    projectPath(id),
    (event) =>
      (event.type === "project-changed" && event.id === id) ||
      (event.type === "agent-run-changed" && event.run.chain?.project === id),
  );
  const [state, setState] = useState<{ readonly isBusy?: boolean; readonly problem?: unknown }>({});
  if (!value && problem !== undefined) {
    if (problemCode(problem) === "not-found") return <EmptyState title={words.gone} text={words.goneText} />;
    return <ProblemNote {...problemWords(problem)} retry={refresh} />;
  }
  if (!value) return <p role="status" />;
  const due = dueStep(value);
  const next = due ? undefined : value.steps.find(({ status }) => status === "planned");
  const isDone = value.steps.every(({ status }) => status === "written");
  const goOn = (): void => {
    if (!choice || state.isBusy) return;
    setState({ isBusy: true });
    goOnProject(id, choice)
      .then(refresh)
      .then(
        () => setState({}),
        (thrown: unknown) => setState({ problem: thrown }),
      );
  };
  return (
    <div className="project">
      <ol className="project-steps" aria-label={words.steps}>
        {value.steps.map((step) => (
          <ProjectStepRow key={step.target} step={step} isCurrent={step === due} />
        ))}
      </ol>
      {isDone && (
        <EmptyState title={words.over}>
          <Link className="button button-main" href="/studio/proposals">
            {words.proposals}
          </Link>
          <Link className="button" href="/studio">
            {words.overview}
          </Link>
        </EmptyState>
      )}
      {due?.status === "rejected" && <p role="status">{words.ended}</p>}
      {due?.runId !== undefined && <RunWhole key={due.runId} id={due.runId} onOther={refresh} />}
      {next && !value.isOver && (
        <section className="project-next" aria-label={words.goOn}>
          {state.problem !== undefined && <ProblemNote {...problemWords(state.problem)} />}
          {value.problem && state.problem === undefined && <ProblemNote {...value.problem} />}
          {value.isBeginning ? (
            <p role="status">{words.beginning}</p>
          ) : (
            <>
              <p>{words.notBegun(fileName(next.target))}</p>
              <div className="agent-form-acts">
                <button
                  type="button"
                  className="button button-main"
                  aria-disabled={state.isBusy || !choice}
                  onClick={goOn}
                >
                  {state.isBusy ? words.goingOn : words.goOn}
                </button>
                {props.picker}
                {!choice && <span className="agent-bad">{words.modelMissing}</span>}
              </div>
            </>
          )}
        </section>
      )}
    </div>
  );
}
