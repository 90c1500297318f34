import { type ReactElement, useRef, useState } from "react";
import type { AgentView } from "../../shared/roster.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { useToast } from "../ui/toasts.tsx";
import { listId } from "./field-choices.tsx";
import { rosterWords as words } from "./roster-words.ts";
import type { RosterChange } from "./use-roster-change.ts";

export const fieldNames = ["role", "goal", "backstory", "writes", "reads", "next", "model"] as const;
export type FieldName = (typeof fieldNames)[number];

const long: ReadonlySet<FieldName> = new Set(["goal", "backstory"]);
const required: ReadonlySet<FieldName> = new Set(["role", "goal", "backstory"]);
const isCode: ReadonlySet<FieldName> = new Set(["writes", "reads", "next", "model"]);

function valueOf(agent: AgentView, name: FieldName): string {
  if (name === "reads") return agent.reads.join(", ");
  return agent[name] ?? "";
}

function Field(props: {
  readonly agent: AgentView;
  readonly name: FieldName;
  readonly change: RosterChange | undefined;
}): ReactElement {
  const { agent, name, change } = props;
  const value = valueOf(agent, name);
  const [draft, setDraft] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const show = useToast();
  const label = words.fields[name];
  const close = (): void => {
    setDraft(undefined);
    requestAnimationFrame(() => button.current?.focus());
  };
  const isMissing = draft?.trim() === "" && required.has(name);
  const save = async (): Promise<void> => {
    if (draft === undefined || isMissing || !change || change.isBusy) return;
    if (draft.trim() === value) return close();
    if (!(await change.make({ type: "set", key: agent.key, name: label, value: draft.trim() }))) return;
    show({ text: words.saved });
    close();
  };
  if (draft === undefined) {
    return (
      <div className="agent-field">
        <dt>{label}</dt>
        <dd
          className={isCode.has(name) && value !== "" ? "mono" : ""}
          dir="auto"
          data-unset={value === "" ? "" : undefined}
        >
          {value === "" ? emptyWords(name) : visibleText(value)}
          {name === "writes" && agent.isWritesInferred && <span className="agent-note"> ({words.inferred})</span>}
        </dd>
        {change && (
          <button
            ref={button}
            type="button"
            className="icon-button"
            aria-label={`${words.edit} ${label}`}
            title={`${words.edit} ${label}`}
            onClick={() => setDraft(value)}
          >
            <Icon name="pencil" />
          </button>
        )}
      </div>
    );
  }
  const attributes = {
    className: isCode.has(name) ? "input mono" : "input",
    "aria-label": label,
    "aria-invalid": isMissing,
    dir: isCode.has(name) ? "ltr" : "auto",
    maxLength: name === "role" ? 500 : 4000,
    value: draft,
    // biome-ignore lint/a11y/noAutofocus: the field was just asked for
    autoFocus: true,
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
  };
  return (
    <div className="agent-field">
      <dt>{label}</dt>
      <dd>
        <form
          className="agent-field-edit"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
          onKeyDownCapture={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
            if (event.key !== "Escape") return;
            // Before the panel hears of it: Esc gives up only what is typed.
            event.preventDefault();
            close();
          }}
        >
          {long.has(name) ? (
            <textarea {...attributes} />
          ) : (
            <input {...attributes} list={listId(name)} autoComplete="off" />
          )}
          <p className="agent-form-hint" data-bad={isMissing || change?.problem !== undefined ? "" : undefined}>
            {isMissing ? words.missing : (change?.problem ?? words.hints[name])}
          </p>
          <div className="agent-form-acts">
            <button type="submit" className="button button-main" aria-disabled={isMissing || change?.isBusy}>
              {change?.isBusy ? words.saving : words.save}
            </button>
            <button type="button" className="button button-quiet" onClick={close}>
              {words.cancel}
            </button>
          </div>
        </form>
      </dd>
    </div>
  );
}

function emptyWords(name: FieldName): string {
  return name === "reads" ? words.readsNothing : words.notSet;
}

/** The fields of an agent; each can be changed in its place, when there is a way to. */
export function AgentFields(props: {
  readonly agent: AgentView;
  readonly change: RosterChange | undefined;
}): ReactElement {
  return (
    <dl className="agent-fields">
      {fieldNames.map((name) => (
        <Field key={name} name={name} {...props} />
      ))}
    </dl>
  );
}
