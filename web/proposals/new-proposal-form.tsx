import { type FormEvent, type ReactElement, type ReactNode, useId, useState } from "react";
import type { NewProposal } from "../../shared/proposals.ts";
import { problemWords } from "../platform/api.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { proposalWords } from "./proposal-words.ts";
import { addProposal } from "./proposals-api.ts";

const words = proposalWords.form;

const fields = { title: "", goal: "", requirements: "", files: "", criteria: "", agent: "", priority: "", source: "" };
type Fields = Readonly<typeof fields>;

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*]\s+)?(?:\[[ xX]\]\s+)?/, "").trim())
    .filter((line) => line !== "");
}

function bodyOf(typed: Fields): NewProposal {
  const [agent, source] = [typed.agent.trim(), typed.source.trim()];
  const priority = (["low", "medium", "high"] as const).find((each) => each === typed.priority);
  return {
    title: typed.title.trim(),
    goal: typed.goal.trim(),
    requirements: linesOf(typed.requirements),
    outputFiles: linesOf(typed.files),
    criteria: linesOf(typed.criteria),
    ...(agent === "" ? {} : { agent }),
    ...(priority === undefined ? {} : { priority }),
    ...(source === "" ? {} : { source }),
  };
}

/** A proposal made by hand: what the planner writes by itself. */
export function NewProposalForm(props: {
  readonly agents: readonly string[];
  readonly onAdded: (id: string) => void;
}): ReactElement {
  const [typed, setTyped] = useState<Fields>(fields);
  const [isChecked, setChecked] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const list = useId();
  const noTitle = isChecked && typed.title.trim() === "" ? words.needsTitle : undefined;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (typed.title.trim() === "" || isSaving) return;
    setSaving(true);
    setFailure(undefined);
    addProposal(bodyOf(typed)).then(
      ({ id }) => props.onAdded(id),
      (thrown: unknown) => {
        setSaving(false);
        setFailure(thrown);
      },
    );
  };
  const input = (name: keyof Fields) => ({
    className: "input",
    value: typed[name],
    dir: "auto",
    onChange: (event: { currentTarget: { value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  const lines = (name: keyof Fields, label: string): ReactElement => (
    <Field label={label}>
      {(attributes) => <textarea {...attributes} {...input(name)} rows={2} maxLength={9000} />}
    </Field>
  );
  return (
    <form className="proposal-form" onSubmit={save} noValidate>
      <p className="proposal-form-text">{words.text}</p>
      {failure !== undefined && <ProblemNote {...problemWords(failure)} />}
      <Field label={words.title} problem={noTitle}>
        {(attributes) => <input {...attributes} {...input("title")} maxLength={300} autoComplete="off" />}
      </Field>
      <Field label={words.goal} hint={words.goalHint}>
        {(attributes) => <textarea {...attributes} {...input("goal")} rows={2} maxLength={10_000} />}
      </Field>
      {lines("requirements", words.requirements)}
      {lines("criteria", words.criteria)}
      {lines("files", words.files)}
      <Field label={words.agent} hint={words.agentHint}>
        {(attributes) => <input {...attributes} {...input("agent")} maxLength={100} list={list} autoComplete="off" />}
      </Field>
      <datalist id={list}>
        {props.agents.map((agent) => (
          <option key={agent} value={agent}>
            {agent}
          </option>
        ))}
      </datalist>
      <Field label={words.priority}>
        {(attributes) => (
          <select {...attributes} {...input("priority")}>
            <option value="">{proposalWords.noPriority}</option>
            <option value="low">low</option>
            <option value="medium">medium</option>
            <option value="high">high</option>
          </select>
        )}
      </Field>
      <Field label={words.source} hint={words.sourceHint}>
        {(attributes) => <input {...attributes} {...input("source")} maxLength={300} autoComplete="off" />}
      </Field>
      <button type="submit" className="button button-main" aria-disabled={isSaving}>
        {isSaving ? words.saving : words.save}
      </button>
    </form>
  );
}

/** A field with its label, and below it what is wrong or what belongs there. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly "aria-describedby"?: string;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
}): ReactElement {
  const id = useId();
  const said = props.problem ?? props.hint;
  return (
    <div className="proposal-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        "aria-invalid": props.problem !== undefined,
        ...(said === undefined ? {} : { "aria-describedby": `${id}-hint` }),
      })}
      {said !== undefined && (
        <p
          id={`${id}-hint`}
          className={props.problem === undefined ? "proposal-hint" : "proposal-hint proposal-hint-bad"}
        >
          {said}
        </p>
      )}
    </div>
  );
}
