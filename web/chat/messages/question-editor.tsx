import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { MessageView } from "../../../shared/chat.ts";
import { problemWords } from "../../platform/api.ts";
import { directionOf } from "../../ui/direction.ts";
import { Icon } from "../../ui/icons.tsx";
import { isLongText, joinTexts, PastedTexts } from "../composer/pasted-text.tsx";
import { words } from "../words.ts";
import { messageText, useMessageActions } from "./message-actions.ts";

/** Writes a new version of a question in its place. The old versions stay in the file. */
export function QuestionEditor({ message }: { readonly message: MessageView }): ReactElement {
  const { endEdit, sendVersion } = useMessageActions();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [before] = useState(() => messageText(message));
  const [pasted, setPasted] = useState<readonly string[]>(() => (isLongText(before) ? [before] : []));
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, []);
  const send = (): void => {
    const text = joinTexts(field.current?.value ?? "", pasted);
    if (text.trim() === "" || isSending) return;
    setSending(true);
    setProblem(undefined);
    sendVersion(message, text).then(endEdit, (thrown: unknown) => {
      setSending(false);
      setProblem(problemWords(thrown).title);
    });
  };
  return (
    <form
      className="question-editor"
      aria-label={words.edit}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <PastedTexts texts={pasted} isHeld={isSending} remove={(index) => setPasted(pasted.toSpliced(index, 1))} />
      <textarea
        ref={field}
        className="question-field"
        aria-label={words.edit}
        dir={directionOf(before)}
        rows={1}
        defaultValue={isLongText(before) ? "" : before}
        onPaste={(event) => {
          const long = event.clipboardData.getData("text/plain");
          if (!isLongText(long)) return;
          event.preventDefault();
          setPasted([...pasted, long]);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") endEdit();
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="question-editor-foot">
        <span className="question-editor-hint" role={problem === undefined ? undefined : "alert"}>
          {problem ?? words.sendingMakes(Math.max(1, message.siblings?.length ?? 1))}
        </span>
        <button type="button" className="button button-quiet" onClick={endEdit}>
          {words.cancel} <kbd>Esc</kbd>
        </button>
        <button type="submit" className="button button-main" aria-disabled={isSending}>
          {isSending ? words.sending : words.send}
          <Icon name="arrowUp" size={14} />
        </button>
      </div>
    </form>
  );
}
