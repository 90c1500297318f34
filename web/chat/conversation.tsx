import "./conversation.css";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { useStreamStatus } from "../platform/event-stream-context.tsx";
import { type KeyBinding, useKeys } from "../platform/keyboard.ts";
import { withMarks } from "../ui/markdown/invisible.ts";
import { Composer } from "./composer/composer.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { ConversationNotes } from "./conversation-notes.tsx";
import { MessageActionsProvider, messageText } from "./messages/message-actions.ts";
import { MessageList, type MessageListHandle } from "./messages/message-list.tsx";
import { runningMessage, type Transcript } from "./transcript.ts";
import { useMessageCommands } from "./use-message-commands.ts";
import { useSending } from "./use-sending.ts";
import { useWantedMessage } from "./use-wanted-message.ts";
import { versionKeys } from "./version-keys.ts";
import { words } from "./words.ts";

export interface ConversationProps {
  readonly transcript: Transcript;
  readonly refresh: () => void;
  readonly loadEarlier: (count?: number) => Promise<void>;
  /** The message that the address names. */
  readonly wanted?: string | undefined;
  readonly choice: Parameters<typeof useMessageCommands>[0]["choice"];
  /** False until the server has told who can answer: then a message waits, as for a lost connection. */
  readonly isChoiceKnown: boolean;
  readonly picker: ReactNode;
  readonly openSide: ReactNode;
  readonly onRemoved: () => void;
}

/** What a screen reader hears: the end of an answer, not its tokens. */
function announcement({ lastEnd, view }: Transcript): string {
  if (!lastEnd) return "";
  if (lastEnd.status === "complete") return words.answerFinished;
  if (lastEnd.status === "stopped") return words.answerStopped;
  return view.messages.find((message) => message.id === lastEnd.messageId)?.failure?.title ?? words.status.interrupted;
}

/** One open conversation: its file's name, its messages, and the box to go on. */
export function Conversation(props: ConversationProps): ReactElement {
  const { transcript, choice, isChoiceKnown, refresh } = props;
  const { view } = transcript;
  const list = useRef<MessageListHandle>(null);
  const isOffline = useStreamStatus() === "lost";
  const running = runningMessage(view);
  const canChange = view.readOnly === undefined;
  const toEnd = (): void => list.current?.toEnd();
  const { actions, editedId } = useMessageCommands({ id: view.id, choice, refresh, toEnd });
  const { send, stop } = useSending({ ...props, runId: running?.runId, toEnd });
  useWantedMessage({ ...props, view, list, showVersion: actions.showVersion });
  const lastQuestion = view.messages.findLast((message) => message.role === "user");
  const lastAnswer = view.messages.findLast((message) => message.role !== "user" && message !== running);

  useEffect(() => {
    document.title = `${withMarks(view.title)} · Folio`;
  }, [view.title]);
  const keys: KeyBinding[] = [
    { key: "j", run: () => list.current?.step(1) },
    { key: "k", run: () => list.current?.step(-1) },
    ...(stop ? [{ key: "Escape", inFields: true, run: stop }] : []),
    ...(lastAnswer
      ? [{ key: "c", run: () => void navigator.clipboard.writeText(messageText(lastAnswer)).catch(() => {}) }]
      : []),
    ...(lastAnswer && canChange && !running ? [{ key: "r", run: () => actions.askAgain(lastAnswer) }] : []),
    ...versionKeys(transcript, actions.showVersion),
  ];
  useKeys(keys);
  return (
    <MessageActionsProvider value={actions}>
      <ConversationHeader
        view={view}
        isRunning={running !== undefined}
        openSide={props.openSide}
        onRemoved={props.onRemoved}
      />
      <ConversationNotes view={view} />
      <MessageList
        ref={list}
        transcript={transcript}
        canAct={canChange && !running}
        editedId={editedId}
        loadEarlier={() => void props.loadEarlier().catch(() => {})}
      />
      {canChange && (
        <Composer
          draftKey={view.id}
          isOffline={isOffline}
          stop={stop}
          picker={props.picker}
          refusal={choice || !isChoiceKnown ? undefined : words.noModel}
          editLast={() => lastQuestion && canChange && !running && actions.beginEdit(lastQuestion)}
          send={send}
        />
      )}
      <div className="hidden-text" role="status" aria-live="polite">
        {running ? "" : announcement(transcript)}
      </div>
    </MessageActionsProvider>
  );
}
