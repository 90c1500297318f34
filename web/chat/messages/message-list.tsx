import "./messages.css";
import { type ReactElement, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { MessageView } from "../../../shared/chat.ts";
import { Icon } from "../../ui/icons.tsx";
import type { Transcript } from "../transcript.ts";
import { words } from "../words.ts";
import { MessageItem } from "./message-item.tsx";
import { useFollowEnd } from "./use-follow-end.ts";
import { useFoundMessage } from "./use-found-message.ts";

const earlierWithin = 1500;
const expectedHeight = 220;

export interface MessageListHandle {
  readonly toEnd: () => void;
  /** Brings a message of the list to the reader, who sees for a moment which it is. */
  readonly show: (id: string) => void;
  /** Moves the focus to the next (1) or previous (-1) message. */
  readonly step: (by: 1 | -1) => void;
}

/** True while the list grew at its beginning only: then what is shown must not move. */
function useGrewAtStart(messages: readonly MessageView[]): boolean {
  const before = useRef(messages);
  const grew =
    messages.length > before.current.length &&
    messages[0]?.id !== before.current[0]?.id &&
    messages.at(-1)?.id === before.current.at(-1)?.id;
  useLayoutEffect(() => {
    before.current = messages;
  });
  return grew;
}

export function MessageList(props: {
  readonly transcript: Transcript;
  readonly canAct: boolean;
  readonly editedId: string | undefined;
  readonly loadEarlier: () => void;
  readonly ref?: Ref<MessageListHandle>;
}): ReactElement {
  const { transcript, canAct, editedId, loadEarlier } = props;
  const { messages, hasEarlier } = transcript.view;
  const area = useRef<HTMLDivElement>(null);
  const { isAtEnd, toEnd, leaveEnd } = useFollowEnd(area);
  const rows = useRef<VirtualizerHandle>(null);
  const found = useFoundMessage({ area, rows, messages, leaveEnd });
  const shift = useGrewAtStart(messages);
  const lastId = messages.at(-1)?.id;

  useImperativeHandle(props.ref, () => ({
    toEnd,
    show: found.show,
    step(by) {
      const shown = [...(area.current?.querySelectorAll<HTMLElement>("article[data-id]") ?? [])];
      const at = shown.findIndex((article) => article.contains(document.activeElement));
      const target = at === -1 && by === -1 ? shown.at(-1) : shown[at + by];
      target?.focus();
    },
  }));
  const retry = transcript.retry;
  return (
    <div className="messages">
      {/* It takes the focus so that keys scroll it. */}
      <section
        ref={area}
        className="messages-area"
        tabIndex={0}
        aria-label={words.messages}
        onScroll={(event) => {
          if (hasEarlier && event.currentTarget.scrollTop < earlierWithin) loadEarlier();
        }}
      >
        <Virtualizer ref={rows} data={messages} shift={shift} itemSize={expectedHeight} bufferSize={600}>
          {(message) => (
            <MessageItem
              key={message.id}
              message={message}
              isLast={message.id === lastId}
              canAct={canAct}
              isEditing={message.id === editedId}
              isFound={message.id === found.id}
              retryWords={retry?.messageId === message.id ? words.retrying(retry.attempt) : undefined}
            />
          )}
        </Virtualizer>
      </section>
      {!isAtEnd && (
        <button
          type="button"
          className="button latest-button"
          onClick={() => {
            toEnd();
            // The button goes away with this click.
            area.current?.focus({ preventScroll: true });
          }}
        >
          {words.latest}
          <Icon name="arrowDown" size={14} />
        </button>
      )}
    </div>
  );
}
