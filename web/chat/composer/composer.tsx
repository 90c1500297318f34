import "./composer.css";
import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";
import { problemWords } from "../../platform/api.ts";
import { Icon } from "../../ui/icons.tsx";
import { words } from "../words.ts";
import type { SendOnce } from "./deliver.ts";
import { MentionList, useMentions } from "./mention-list.tsx";
import { PastedTexts } from "./pasted-text.tsx";
import { useDelivery } from "./use-delivery.ts";
import { useDraft } from "./use-draft.ts";

export interface ComposerHandle {
  /** Sends `text` as if it had been written here; while something cannot be sent it stands in the box. */
  readonly send: (text: string) => void;
}

export interface ComposerProps {
  /** What the draft is kept under: the conversation's id, or `new`. */
  readonly draftKey: string;
  /** One try to save the message; the same ids on every try. Rejects with what to show. */
  readonly send: SendOnce;
  readonly stop: (() => void) | undefined;
  readonly editLast?: () => void;
  /** Why nothing can be sent now, for a person. */
  readonly refusal?: string | undefined;
  readonly isOffline: boolean;
  readonly picker: ReactNode;
  readonly ref?: Ref<ComposerHandle>;
}

function StopButton({ stop }: { readonly stop: () => void }): ReactElement {
  return (
    <button type="button" className="button composer-stop" aria-label={words.stop} onClick={stop}>
      <Icon name="stop" />
      <span className="wide-only">{words.stop}</span>
      <kbd className="wide-only">Esc</kbd>
    </button>
  );
}

/** Why the server did not take the message; the text stays. */
function Refused({ problem }: { readonly problem: unknown }): ReactElement {
  const { title, detail } = problemWords(problem);
  return (
    <div className="composer-problem" role="alert">
      <Icon name="warning" />
      <p>
        <strong>{title}</strong> {detail ?? "Your text is still here. Nothing was sent."}
      </p>
    </div>
  );
}

function Waits({ isQueued }: { readonly isQueued: boolean }): ReactElement {
  return <span className="badge badge-dashed">{isQueued ? words.waitsForAnswer : words.waitsForConnection}</span>;
}

/** Not on a touch screen, where it would bring up the keyboard. */
function focusByPointer(field: HTMLTextAreaElement | null): void {
  if (matchMedia("(pointer: fine)").matches) field?.focus();
}

/** Where a message is written. The text stays in the box until the server has it on disk. */
export function Composer(props: ComposerProps): ReactElement {
  const { draftKey, stop, refusal, isOffline, picker } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(draftKey, field);
  const { isEmpty } = draft;
  const delivery = useDelivery({ draft, send: props.send, isBusy: stop !== undefined });
  const { state } = delivery;
  const mentions = useMentions(field, draft.onInput);
  const isHeld = state.kind === "sending" || state.kind === "waiting" || state.kind === "queued";
  const isWaiting = isHeld && state.kind !== "sending";
  const isOff = isEmpty || isHeld || refusal !== undefined;
  const focusField = (): void => focusByPointer(field.current);
  useEffect(() => focusByPointer(field.current), []);

  const submit = (): void => {
    if (!isOff) delivery.begin();
  };
  useImperativeHandle(props.ref, () => ({
    send(text) {
      if (isHeld) return;
      draft.write(text);
      focusField();
      if (refusal === undefined) delivery.begin();
    },
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || mentions.onKeyDown(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      submit();
    }
    if (event.key === "ArrowUp" && isEmpty && props.editLast) {
      event.preventDefault();
      props.editLast();
    }
  };
  return (
    <form
      className="composer-row"
      aria-label={words.writeMessage}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {state.kind === "refused" && <Refused problem={state.problem} />}
      <div className="composer" data-held={isHeld || undefined}>
        <MentionList mentions={mentions} />
        <PastedTexts texts={draft.pasted} isHeld={isHeld} remove={draft.removePasted} />
        <textarea
          ref={field}
          className="composer-field"
          aria-label={words.writeMessage}
          placeholder={isOffline ? words.writeLater : words.writeMessage}
          rows={1}
          readOnly={isHeld}
          {...mentions.attributes}
          onInput={() => {
            draft.onInput();
            mentions.look();
          }}
          onSelect={mentions.look}
          onBlur={mentions.close}
          onPaste={draft.onPaste}
          onKeyDown={onKeyDown}
        />
        <div className="composer-tools">
          {picker}
          <span className="composer-space">
            {isWaiting && <Waits isQueued={state.kind === "queued"} />}
            {refusal !== undefined && !isEmpty && <span className="composer-refusal">{refusal}</span>}
          </span>
          {isWaiting && (
            <button type="button" className="button button-quiet" onClick={delivery.takeBack}>
              {words.takeBack}
            </button>
          )}
          {stop && (
            <StopButton
              stop={() => {
                stop();
                focusField();
              }}
            />
          )}
          <button
            type="submit"
            className="button button-main composer-send"
            aria-label={state.kind === "sending" ? words.sending : words.send}
            aria-disabled={isOff}
          >
            {!stop && <span className="wide-only">{state.kind === "sending" ? words.sending : words.send}</span>}
            <Icon name="arrowUp" />
          </button>
        </div>
      </div>
    </form>
  );
}
