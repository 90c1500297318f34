import { type ReactElement, useEffect, useId, useRef, useState } from "react";
import type { CardView } from "../../shared/proposals.ts";
import type { LogEntryView, LogItemsPage } from "../../shared/task-log.ts";
import { byTaskLog } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { Field } from "./new-proposal-form.tsx";
import { proposalWords as words } from "./proposal-words.ts";

/** With which entry of the log a proposal is finished. */
export type Finish = { readonly logRef: string } | { readonly summary: string; readonly outputFiles: string[] };

const longest = 500;

/** `done` is given with an entry of the log that names the proposal: one that is there, or a new one. */
export function FinishDialog(props: {
  readonly card: CardView;
  readonly finish: (finish: Finish) => Promise<void>;
  readonly close: () => void;
}): ReactElement {
  const { card, close } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const path = `/task-log/items?${new URLSearchParams({ proposal: card.id, count: "20" })}`;
  const known = (useResource<LogItemsPage>(path, byTaskLog).value?.items ?? []).filter((item) => item.kind === "entry");
  const [chosen, setChosen] = useState(card.logRefs.at(-1)?.ref ?? "");
  const [summary, setSummary] = useState("");
  const [files, setFiles] = useState("");
  const [isChecked, setChecked] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const isNew = chosen === "";
  const problem = isNew ? summaryProblem(summary) : undefined;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input:checked, textarea")?.focus();
  }, []);
  const save = (): void => {
    setChecked(true);
    if (problem !== undefined || isSaving) return;
    setSaving(true);
    const outputFiles = files.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
    props
      .finish(isNew ? { summary: summary.trim(), outputFiles } : { logRef: chosen })
      .then(close, () => setSaving(false));
  };
  return (
    <Dialog
      title={words.finishTitle}
      onClose={close}
      acts={
        <>
          <button type="button" className="button" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" form={id} className="button button-main" aria-disabled={isSaving}>
            {finishLabel(isSaving, isNew)}
          </button>
        </>
      }
    >
      <form
        ref={form}
        id={id}
        className="finish-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p>
          <bdi>{visibleText(card.title)}</bdi>
        </p>
        <p className="proposal-form-text">{words.finishText}</p>
        {known.length > 0 && <Entries known={known} chosen={chosen} choose={setChosen} />}
        {isNew && (
          <Field label={words.finishSummary} hint={words.finishSummaryHint} problem={isChecked ? problem : undefined}>
            {(attributes) => (
              <textarea
                {...attributes}
                className="input"
                dir="auto"
                rows={2}
                value={summary}
                onChange={(event) => setSummary(event.currentTarget.value.replaceAll("\n", " "))}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                  event.preventDefault();
                  save();
                }}
              />
            )}
          </Field>
        )}
        {isNew && (
          <Field label={words.finishFiles}>
            {(attributes) => (
              <textarea
                {...attributes}
                className="input mono"
                dir="ltr"
                rows={2}
                value={files}
                onChange={(event) => setFiles(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}

function Entries(props: {
  readonly known: readonly LogEntryView[];
  /** The `ref` of one; empty for a new one. */
  readonly chosen: string;
  readonly choose: (ref: string) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset>
      <legend>{words.finishEntries}</legend>
      {[...props.known, undefined].map((entry) => {
        const ref = entry?.ref ?? "";
        return (
          <label key={ref} className="finish-choice">
            <input type="radio" name={name} checked={props.chosen === ref} onChange={() => props.choose(ref)} />
            <span>
              {entry === undefined ? words.finishNew : <bdi>{visibleText(entry.summary)}</bdi>}{" "}
              {entry !== undefined && <small>{entry.taskId ?? entry.ref}</small>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function summaryProblem(summary: string): string | undefined {
  const { length } = [...summary.trim()];
  if (length === 0) return words.finishNeedsSummary;
  return length > longest ? words.finishLong(length) : undefined;
}

function finishLabel(isSaving: boolean, isNew: boolean): string {
  if (isSaving) return words.finishing;
  return isNew ? words.finishAct : words.finishKnown;
}
