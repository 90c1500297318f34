import "./start-run-form.css";
import "./project.css";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { ProjectView } from "../../shared/agents.ts";
import type { ChooseModel } from "../../shared/providers.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { useResource } from "../platform/use-resource.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { projectPath, startProject } from "./agents-api.ts";
import { type ProjectStep, ProjectStepRow } from "./project-step-row.tsx";
import { projectWords as words } from "./project-words.ts";
import { RunWhole } from "./run-whole.tsx";

/** The step whose run has not been written yet: a person's turn, or the model's. */
function dueStep({ steps }: ProjectView): ProjectStep | undefined {
  return steps.findLast(({ runId, status }) => runId !== undefined && status !== "written");
}

/** A project's four steps, with the run of the one that is due and what a person decides about it. */
export function ProjectSteps(props: { readonly id: string; readonly choice: ChooseModel | undefined }): ReactElement {
  const { id, choice } = props;
  const { value, problem, refresh } = useResource<ProjectView>(
    projectPath(id),
    (event) =>
      (event.type === "project-changed" && event.id === id) ||
      (event.type === "agent-run-changed" && event.run.chain?.project === id),
  );
  const [failure, setFailure] = useState<unknown>();
  if (!value && problem !== undefined) {
    if (problemCode(problem) === "not-found") return <EmptyState title={words.gone} text={words.goneText} />;
    return <ProblemNote {...problemWords(problem)} retry={refresh} />;
  }
  if (!value) return <p role="status" />;
  const due = dueStep(value);
  const isDone = value.steps.every(({ status }) => status === "written");
  const goOn = (): void => {
    if (!choice) return;
    setFailure(undefined);
    startProject({ id, name: value.name, answers: [], ...choice }).then(refresh, (thrown: unknown) =>
      setFailure(thrown),
    );
  };
  return (
    <div className="project">
      <ol className="project-steps" aria-label={words.steps}>
        {value.steps.map((step) => (
          <ProjectStepRow key={step.target} step={step} isCurrent={step === due} />
        ))}
      </ol>
      {failure !== undefined && <ProblemNote {...problemWords(failure)} />}
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
      {!isDone && !due && !value.isOver && (
        <p className="agent-form-acts">
          {words.stopped}
          <button type="button" className="button button-main" onClick={goOn}>
            {words.goOn}
          </button>
        </p>
      )}
    </div>
  );
}
