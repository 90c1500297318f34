import { memo, type ReactElement } from "react";
import type { MessageView } from "../../../shared/chat.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { marginTime } from "../../ui/time-words.ts";
import { useConversationSlots } from "../conversation-slots.ts";
import { words } from "../words.ts";
import { FailureCard } from "./failure-card.tsx";
import { messageText, useMessageActions } from "./message-actions.ts";
import { MessageMargin, Versions } from "./message-margin.tsx";
import { MessageParts } from "./message-parts.tsx";
import { QuestionEditor } from "./question-editor.tsx";
import { QuestionText } from "./question-text.tsx";
import { StoppedNote } from "./stopped-note.tsx";

function nameOf(message: MessageView): string {
  if (message.role === "user") return words.you;
  return message.model ?? message.label;
}

function isBroken(message: MessageView): boolean {
  return message.status === "interrupted" || message.status === "error";
}

function Acts({ message, canAct, isLast }: MessageItemProps): ReactElement | null {
  const { askAgain, canAskAgain, beginEdit } = useMessageActions();
  const slots = useConversationSlots();
  const isQuestion = message.role === "user";
  const hasText = messageText(message) !== "";
  const versions = !isQuestion && <Versions message={message} />;
  if (message.status === "streaming" || (!hasText && isBroken(message))) {
    return <div className="message-acts">{versions}</div>;
  }
  return (
    <div className="message-acts" role="group" aria-label={isQuestion ? "Question" : "Answer"}>
      {versions}
      {hasText && (
        <CopyButton
          className="icon-button message-act"
          label={isQuestion ? words.copyQuestion : words.copy}
          text={() => messageText(message)}
        />
      )}
      {canAct && isQuestion && (
        <button
          type="button"
          className="icon-button message-act"
          aria-label={words.edit}
          title={words.edit}
          onClick={() => beginEdit(message)}
        >
          <Icon name="pencil" />
        </button>
      )}
      {canAct && !isBroken(message) && (!isQuestion || isLast) && canAskAgain(message) && (
        <button
          type="button"
          className="icon-button message-act"
          aria-label={isQuestion ? words.answerThis : words.askAgain}
          title={isQuestion ? words.answerThis : words.askAgain}
          onClick={() => askAgain(message)}
        >
          <Icon name="again" />
        </button>
      )}
      {!isQuestion && slots.acts?.(message)}
    </div>
  );
}

export interface MessageItemProps {
  readonly message: MessageView;
  readonly isLast: boolean;
  /** False while another answer runs and in files that cannot be changed. */
  readonly canAct: boolean;
  readonly isEditing: boolean;
  /** It was looked for and is shown for a moment. */
  readonly isFound?: boolean;
  readonly retryWords?: string | undefined;
}

/** One message in the grid of the page: who and when, the text, the numbers. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps): ReactElement {
  const { message, isLast, isEditing, retryWords } = props;
  const isQuestion = message.role === "user";
  const isStreaming = message.status === "streaming";
  const time = message.at ? marginTime(new Date(message.at), new Date()) : "";
  return (
    <article
      className={isQuestion ? "message message-question" : "message message-answer"}
      data-id={message.id}
      data-streaming={isStreaming || undefined}
      data-last={isLast || undefined}
      data-found={props.isFound || undefined}
      aria-label={`${nameOf(message)} ${time}`}
      aria-busy={isStreaming}
      tabIndex={-1}
    >
      <div className="message-who">
        <h2 className="message-name">
          <bdi>{visibleText(nameOf(message))}</bdi>
        </h2>
        <time className="numbers" dateTime={message.at}>
          {isEditing ? words.editing : time}
        </time>
      </div>
      <div className="message-body">
        {isEditing && <QuestionEditor message={message} />}
        {!isEditing && (isQuestion ? <QuestionText text={messageText(message)} /> : <MessageParts message={message} />)}
        {retryWords && <p className="message-state">{retryWords}</p>}
        {message.status === "stopped" && <StoppedNote message={message} canAct={props.canAct && isLast} />}
        {isBroken(message) && <FailureCard message={message} canAct={props.canAct && isLast} />}
      </div>
      <MessageMargin message={message} />
      {!isEditing && <Acts {...props} />}
    </article>
  );
});
