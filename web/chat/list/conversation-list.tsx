import "./conversation-list.css";
import { type ReactElement, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Virtualizer } from "virtua";
import { Icon } from "../../ui/icons.tsx";
import { useThisMinute } from "../../ui/use-this-minute.ts";
import { TitleChoiceDialog } from "../title-choice-dialog.tsx";
import { useConversationCommands } from "../use-conversation-commands.ts";
import { words } from "../words.ts";
import { groupRows } from "./conversation-list-state.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { useConversationList } from "./use-conversation-list.ts";

const moreWithin = 600;
const minuteMs = 60_000;

export interface ConversationListProps {
  readonly openId: string | undefined;
  readonly onNew: () => void;
  /** After the open conversation was removed. */
  readonly onOpenRemoved: () => void;
  readonly onChosen: () => void;
}

/** All conversations by day, with a filter over their titles. */
export function ConversationList(props: ConversationListProps): ReactElement {
  const { openId, onOpenRemoved, onChosen } = props;
  const [query, setQuery] = useState("");
  const { list, loadMore } = useConversationList(useDeferredValue(query.trim()));
  const { commands, titleChoice } = useConversationCommands();
  const area = useRef<HTMLDivElement>(null);
  const thisMinute = useThisMinute();
  const rows = useMemo(
    () => groupRows(list?.conversations ?? [], new Date(thisMinute * minuteMs)),
    [list?.conversations, thisMinute],
  );
  const onRemoved = useCallback((id: string) => id === openId && onOpenRemoved(), [openId, onOpenRemoved]);
  const isEmpty = list !== undefined && rows.length === 0;
  return (
    <nav className="conversation-list" aria-label={words.conversations}>
      <TitleChoiceDialog choice={titleChoice} />
      <div className="list-tools">
        <label className="list-filter">
          <Icon name="search" />
          <input
            className="list-filter-field"
            type="search"
            aria-label={words.filter}
            placeholder={words.filter}
            dir="auto"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && setQuery("")}
          />
        </label>
        <button
          type="button"
          className="button new-button"
          aria-label={words.newConversation}
          title={words.newConversation}
          onClick={props.onNew}
        >
          <Icon name="pencil" />
        </button>
      </div>
      <div
        ref={area}
        className="list-area"
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          if (scrollHeight - scrollTop - clientHeight < moreWithin) loadMore();
        }}
      >
        {isEmpty && (
          <p className="list-empty">{list.query === "" ? words.noConversations : words.nothingFound(list.query)}</p>
        )}
        <Virtualizer data={rows} itemSize={36} bufferSize={400}>
          {(row) =>
            row.kind === "group" ? (
              <h2 key={row.group} className="list-group">
                {words.groups[row.group]}
              </h2>
            ) : (
              <ConversationRow
                key={row.conversation.id}
                thisMinute={thisMinute}
                conversation={row.conversation}
                isOpen={row.conversation.id === openId}
                commands={commands}
                onRemoved={onRemoved}
                onChosen={onChosen}
              />
            )
          }
        </Virtualizer>
      </div>
    </nav>
  );
}
