import "./start-run-form.css";
import { type FormEvent, type ReactElement, useState } from "react";
import type { RosterView } from "../../shared/roster.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { type FieldName, fieldNames } from "./agent-fields.tsx";
import { listId } from "./field-choices.tsx";
import { FormField } from "./form-field.tsx";
import { MissingAgents } from "./missing-agents.tsx";
import { rosterWords as words } from "./roster-words.ts";
import { useRosterChange } from "./use-roster-change.ts";

type Draft = Readonly<Record<FieldName | "key", string>>;

const empty: Draft = { key: "", role: "", goal: "", backstory: "", writes: "", reads: "", next: "", model: "" };
const required = ["role", "goal", "backstory"] as const;
const rightKey = /^[a-z0-9][a-z0-9_-]{0,63}$/;

function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== "");
}

/** The form of a new agent beside the roster. */
export function AddAgentPanel(props: {
  readonly roster: RosterView;
  readonly refresh: () => void;
  readonly onAdded: (key: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const [width, setWidth] = usePanelWidth();
  const [draft, setDraft] = useState<Draft>(empty);
  const [isChecked, setChecked] = useState(false);
  const change = useRosterChange(props.roster, props.refresh);
  const isKeyRight = rightKey.test(draft.key);
  const isWhole = isKeyRight && required.every((name) => draft[name].trim() !== "");
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (!isWhole || change.isBusy) return;
    const { key, role, goal, backstory, writes, reads, next, model } = draft;
    const isAdded = await change.make({
      type: "add",
      ...{ key, role, goal, backstory },
      ...(writes.trim() === "" ? {} : { writes: writes.trim() }),
      ...(listOf(reads).length === 0 ? {} : { reads: [...listOf(reads)] }),
      ...(next.trim() === "" ? {} : { next: next.trim() }),
      ...(model.trim() === "" ? {} : { model: model.trim() }),
    });
    if (isAdded) props.onAdded(key);
  };
  const problemOf = (name: FieldName): string | undefined =>
    isChecked && required.some((each) => each === name) && draft[name].trim() === "" ? words.missing : undefined;
  return (
    <SidePanel
      label={words.add}
      head={<h2 className="page-bar-title">{words.add}</h2>}
      width={width}
      onResize={setWidth}
      onClose={props.onClose}
    >
      <MissingAgents roster={props.roster} change={change} onAdded={props.onAdded} />
      <form className="agent-form" noValidate onSubmit={(event) => void add(event)}>
        {change.problem !== undefined && (
          <p className="agent-bad" role="alert">
            {change.problem}
          </p>
        )}
        <FormField
          label={words.key}
          hint={words.keyHint}
          problem={isChecked && !isKeyRight ? words.keyWrong : undefined}
        >
          {(attributes) => (
            <input
              {...attributes}
              className="input mono"
              dir="ltr"
              autoComplete="off"
              value={draft.key}
              onChange={(event) => setDraft({ ...draft, key: event.currentTarget.value })}
            />
          )}
        </FormField>
        {fieldNames.map((name) => (
          <FormField key={name} label={words.fields[name]} hint={words.hints[name]} problem={problemOf(name)}>
            {(attributes) => {
              const common = {
                ...attributes,
                className: "input",
                dir: "auto",
                value: draft[name],
                onChange: (event: { currentTarget: { value: string } }) =>
                  setDraft({ ...draft, [name]: event.currentTarget.value }),
              };
              return name === "goal" || name === "backstory" ? (
                <textarea {...common} rows={3} />
              ) : (
                <input {...common} autoComplete="off" list={listId(name)} />
              );
            }}
          </FormField>
        ))}
        <div className="agent-form-acts">
          <button type="submit" className="button button-main" aria-disabled={change.isBusy}>
            {change.isBusy ? words.adding : words.add}
          </button>
        </div>
      </form>
    </SidePanel>
  );
}
