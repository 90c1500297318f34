import "../ui/chip.css";
import "./feedback-form.css";
import { type ReactElement, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { FEEDBACK_REASONS } from "../../shared/codex-format/feedback/feedback-entry.ts";
import type { FeedbackTarget, GiveFeedback } from "../../shared/feedback.ts";
import { problemWords } from "../platform/api.ts";
import { Icon } from "../ui/icons.tsx";
import { place } from "../ui/menu.tsx";
import { giveFeedback } from "./feedback-api.ts";
import { reasonWords, feedbackWords as words } from "./feedback-words.ts";

export interface FeedbackFormHandle {
  readonly open: (rating: "up" | "down", button: HTMLElement) => void;
}

interface Said {
  readonly reasons: readonly string[];
  readonly better: string;
  readonly text: string;
}

const nothingSaid: Said = { reasons: [], better: "", text: "" };

/** The form over the page: reasons, what would have been better, anything else. What is written stays until it is saved. */
export function FeedbackForm(props: {
  readonly target: FeedbackTarget;
  /** The feedback that this one replaces. */
  readonly supersedes: string | undefined;
  readonly onSaved: (id: string, rating: "up" | "down") => void;
  readonly ref?: Ref<FeedbackFormHandle>;
}): ReactElement {
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLElement>(undefined);
  const [rating, setRating] = useState<"up" | "down">();
  const [said, setSaid] = useState(nothingSaid);
  const [state, setState] = useState<{ readonly isSaving: boolean; readonly problem?: unknown }>({ isSaving: false });
  useImperativeHandle(props.ref, () => ({
    open(wanted, from) {
      button.current = from;
      setRating(wanted);
      form.current?.showPopover();
    },
  }));
  useEffect(() => {
    const [element, anchor] = [form.current, button.current];
    if (rating === undefined || !element || !anchor) return;
    place(element, anchor);
    element.querySelector<HTMLElement>(".chip, textarea")?.focus();
  }, [rating]);
  const close = (): void => {
    form.current?.hidePopover();
    button.current?.focus();
  };
  const save = (details: Said): void => {
    if (rating === undefined || state.isSaving) return;
    setState({ isSaving: true });
    giveFeedback(bodyOf(props.target, rating, details, props.supersedes)).then(
      ({ id }) => {
        setState({ isSaving: false });
        setSaid(nothingSaid);
        close();
        props.onSaved(id, rating);
      },
      (problem: unknown) => setState({ isSaving: false, problem }),
    );
  };
  return (
    <form
      ref={form}
      popover="auto"
      className="feedback-form"
      aria-label={rating === "up" ? words.goodTitle : words.wrongTitle}
      onToggle={(event) => event.newState === "closed" && setRating(undefined)}
      onSubmit={(event) => {
        event.preventDefault();
        save(said);
      }}
    >
      {rating !== undefined && (
        <>
          <div className="feedback-form-head">
            <h2 className="feedback-form-title">{rating === "up" ? words.goodTitle : words.wrongTitle}</h2>
            <small>{rating === "down" && words.chooseAny}</small>
            <button type="button" className="icon-button" aria-label={words.close} onClick={close}>
              <Icon name="close" />
            </button>
          </div>
          {rating === "down" && <Reasons chosen={said.reasons} choose={(reasons) => setSaid({ ...said, reasons })} />}
          {rating === "down" && (
            <Field label={words.better} value={said.better} change={(better) => setSaid({ ...said, better })} />
          )}
          <Field label={words.more} value={said.text} change={(text) => setSaid({ ...said, text })} />
          {state.problem !== undefined && (
            <p className="feedback-form-problem" role="alert">
              {problemWords(state.problem).title} {problemWords(state.problem).detail ?? words.kept}
            </p>
          )}
          <div className="feedback-form-foot">
            <span>
              {words.foot} <code>feedback.jsonl</code>
            </span>
            <button type="button" className="button button-quiet" onClick={() => save(nothingSaid)}>
              {words.skip}
            </button>
            <button type="submit" className="button button-main" aria-disabled={state.isSaving}>
              {state.isSaving ? words.saving : words.save}
            </button>
          </div>
        </>
      )}
    </form>
  );
}

function Reasons(props: {
  readonly chosen: readonly string[];
  readonly choose: (reasons: readonly string[]) => void;
}): ReactElement {
  const { chosen, choose } = props;
  return (
    <div className="chips" role="group" aria-label={words.wrongTitle}>
      {FEEDBACK_REASONS.map((reason) => {
        const isChosen = chosen.includes(reason);
        return (
          <button
            key={reason}
            type="button"
            className="chip"
            aria-pressed={isChosen}
            onClick={() => choose(isChosen ? chosen.filter((each) => each !== reason) : [...chosen, reason])}
          >
            {isChosen && <Icon name="check" size={14} />}
            {reasonWords(reason)}
          </button>
        );
      })}
    </div>
  );
}

function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}): ReactElement {
  return (
    <label className="feedback-form-label">
      {props.label}
      <textarea
        className="input"
        dir="auto"
        rows={1}
        maxLength={10_000}
        value={props.value}
        onChange={(event) => props.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
    </label>
  );
}

function bodyOf(
  target: FeedbackTarget,
  rating: "up" | "down",
  { reasons, better, text }: Said,
  supersedes: string | undefined,
): GiveFeedback {
  return {
    target,
    rating,
    reasons: [...reasons],
    ...(better.trim() === "" ? {} : { better }),
    ...(text.trim() === "" ? {} : { text }),
    ...(supersedes === undefined ? {} : { supersedes }),
  };
}
