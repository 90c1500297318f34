import "./new-entry-form.css";
import { type FormEvent, type ReactElement, type ReactNode, useId, useState } from "react";
import type { LogAppended } from "../../shared/task-log.ts";
import { problemWords } from "../platform/api.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { appendLogEntry } from "./log-api.ts";
import { checkNewEntry, type NewEntry, newEntry } from "./new-entry.ts";
import { words } from "./words.ts";

const form = words.form;

function Field(props: {
  readonly label: string;
  readonly hint: string;
  readonly problem: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly "aria-describedby": string;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
}): ReactElement {
  const id = useId();
  const { problem } = props;
  return (
    <div className="entry-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, "aria-describedby": `${id}-hint`, "aria-invalid": problem !== undefined })}
      <p id={`${id}-hint`} className={problem === undefined ? "entry-hint" : "entry-hint entry-hint-bad"}>
        {problem ?? props.hint}
      </p>
    </div>
  );
}

/** An entry made by hand: what an agent's run writes by itself. */
export function NewEntryForm(props: {
  readonly agents: readonly string[];
  readonly onAppended: (appended: LogAppended) => void;
}): ReactElement {
  const [entry, setEntry] = useState<NewEntry>(newEntry);
  const [isChecked, setChecked] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const list = useId();
  const checked = checkNewEntry(entry);
  const problems = isChecked ? checked.problems : {};
  const save = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (!checked.body || isSaving) return;
    setSaving(true);
    setFailure(undefined);
    appendLogEntry(checked.body).then(props.onAppended, (thrown: unknown) => {
      setSaving(false);
      setFailure(thrown);
    });
  };
  const input = (name: keyof NewEntry) => ({
    className: "input",
    dir: "auto",
    value: entry[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setEntry({ ...entry, [name]: event.currentTarget.value }),
  });
  return (
    <form className="entry-form" onSubmit={save} noValidate>
      <p className="entry-text">{form.text}</p>
      {failure !== undefined && <ProblemNote {...problemWords(failure)} />}
      <Field label={form.agent} hint={form.agentHint} problem={problems.agent}>
        {(attributes) => <input {...attributes} {...input("agent")} list={list} autoComplete="off" />}
      </Field>
      <datalist id={list}>
        {props.agents.map((agent) => (
          <option key={agent} value={agent}>
            {agent}
          </option>
        ))}
      </datalist>
      <Field label={form.summary} hint={form.summaryHint} problem={problems.summary}>
        {(attributes) => <input {...attributes} {...input("summary")} autoComplete="off" />}
      </Field>
      <Field label={form.files} hint={form.filesHint} problem={problems.files}>
        {(attributes) => <textarea {...attributes} {...input("files")} dir="ltr" rows={3} spellCheck={false} />}
      </Field>
      <Field label={form.proposal} hint={form.proposalHint} problem={undefined}>
        {(attributes) => <input {...attributes} {...input("proposal")} autoComplete="off" />}
      </Field>
      <Field label={form.supersedes} hint={form.supersedesHint} problem={undefined}>
        {(attributes) => <input {...attributes} {...input("supersedes")} autoComplete="off" />}
      </Field>
      <button type="submit" className="button button-main" aria-disabled={isSaving}>
        {isSaving ? form.saving : form.save}
      </button>
    </form>
  );
}
