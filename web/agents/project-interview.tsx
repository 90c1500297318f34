import "./start-run-form.css";
import "./project.css";
import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import type { ChooseModel } from "../../shared/providers.ts";
import { ApiProblem, problemWords } from "../platform/api.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { startProject } from "./agents-api.ts";
import { FormField } from "./form-field.tsx";
import { newRunId } from "./new-run-id.ts";
import { projectWords as words } from "./project-words.ts";

const draftKey = "folio.project-draft";

interface Draft {
  readonly name: string;
  readonly answers: readonly string[];
}

function readDraft(): Draft {
  const empty = { name: "", answers: words.questions.map(() => "") };
  try {
    const draft = JSON.parse(readStored(draftKey) ?? "null") as Draft | null;
    return draft?.answers.length === words.questions.length ? draft : empty;
  } catch {
    return empty;
  }
}

/** What a project begins with: its name, and five questions that can be left open. Kept in this browser until it starts. */
export function ProjectInterview(props: {
  readonly choice: ChooseModel | undefined;
  readonly picker: ReactNode;
  readonly onStarted: (id: string) => void;
}): ReactElement {
  const { choice } = props;
  const [draft, setDraft] = useState(readDraft);
  const [isChecked, setChecked] = useState(false);
  const [state, setState] = useState<{ readonly isBusy?: boolean; readonly problem?: unknown }>({});
  // The same id on every try, so that asking twice starts once.
  const [id, setId] = useState(newRunId);
  const change = (next: Draft): void => {
    setDraft(next);
    writeStored(draftKey, JSON.stringify(next));
  };
  const isNamed = draft.name.trim() !== "";
  const start = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (!isNamed || !choice || state.isBusy) return;
    setState({ isBusy: true });
    const answers = words.questions.map((question, at) => ({ question, answer: draft.answers[at]?.trim() ?? "" }));
    startProject({
      id,
      name: draft.name.trim(),
      answers: answers.filter(({ answer }) => answer !== ""),
      ...choice,
    }).then(
      () => {
        writeStored(draftKey, undefined);
        props.onStarted(id);
      },
      (problem: unknown) => {
        setState({ problem });
        if (problem instanceof ApiProblem) setId(newRunId());
      },
    );
  };
  return (
    <form className="agent-form project-form" noValidate onSubmit={start}>
      <div>
        <p className="project-lead">{words.lead}</p>
        <p className="project-text">{words.text}</p>
      </div>
      {state.problem !== undefined && <ProblemNote {...problemWords(state.problem)} />}
      <FormField
        label={words.name}
        hint={words.nameHint}
        problem={isChecked && !isNamed ? words.nameMissing : undefined}
      >
        {(attributes) => (
          <input
            {...attributes}
            className="input"
            dir="auto"
            maxLength={200}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
          />
        )}
      </FormField>
      {words.questions.map((question, at) => (
        <FormField key={question} label={question}>
          {(attributes) => (
            <textarea
              {...attributes}
              className="input"
              dir="auto"
              rows={2}
              maxLength={5000}
              value={draft.answers[at] ?? ""}
              onChange={({ currentTarget: { value } }) =>
                change({ ...draft, answers: draft.answers.map((each, index) => (index === at ? value : each)) })
              }
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
                  event.currentTarget.form?.requestSubmit();
              }}
            />
          )}
        </FormField>
      ))}
      <div className="agent-form-acts">
        <button type="submit" className="button button-main" aria-disabled={state.isBusy ?? false}>
          {state.isBusy ? words.starting : words.start}
        </button>
        {props.picker}
        {isChecked && !choice && <span className="agent-bad">{words.modelMissing}</span>}
      </div>
    </form>
  );
}
