import { memo, type ReactElement, useRef, useState } from "react";
import { Link } from "wouter";
import type { ConversationSummary } from "../../../shared/chat.ts";
import { directionOf } from "../../ui/direction.ts";
import { Icon } from "../../ui/icons.tsx";
import { withMarks } from "../../ui/markdown/invisible.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { MenuButton } from "../../ui/menu.tsx";
import { shortAge } from "../../ui/time-words.ts";
import { TitleField } from "../../ui/title-field.tsx";
import type { ConversationCommands } from "../use-conversation-commands.ts";
import { words } from "../words.ts";

export interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  readonly isOpen: boolean;
  /** Tells when the age that stands at its end has to be written anew. */
  readonly thisMinute: number;
  readonly commands: ConversationCommands;
  readonly onRemoved: (id: string) => void;
  readonly onChosen: () => void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps): ReactElement {
  const { conversation, isOpen, commands } = props;
  const [isRenaming, setRenaming] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  if (isRenaming) {
    return (
      <div className="row row-renaming">
        <TitleField
          label={words.rename}
          value={conversation.title}
          done={(title) => {
            setRenaming(false);
            if (title !== undefined) commands.rename(conversation, title);
          }}
          returnFocus={() => row.current?.querySelector("a")?.focus()}
        />
      </div>
    );
  }
  const canRename = conversation.readOnly === undefined;
  return (
    <div
      ref={row}
      role="presentation"
      className="row"
      data-open={isOpen || undefined}
      onKeyDown={(event) => {
        if (event.key === "F2" && canRename) setRenaming(true);
        if (event.key === "Delete") commands.remove(conversation, () => props.onRemoved(conversation.id));
      }}
    >
      <Link
        className="row-link"
        href={`/c/${encodeURIComponent(conversation.id)}`}
        aria-current={isOpen ? "page" : undefined}
        title={withMarks(conversation.title)}
        onClick={props.onChosen}
      >
        <span className="row-title" dir={directionOf(conversation.title)}>
          {visibleText(conversation.title)}
        </span>
        {conversation.isRunning ? (
          <span className="row-running" role="img" aria-label={words.running} title={words.running} />
        ) : (
          <time className="row-age numbers" dateTime={conversation.updated}>
            <bdi>{shortAge(new Date(conversation.updated), new Date())}</bdi>
          </time>
        )}
      </Link>
      <MenuButton
        label={`${words.moreActs}: ${conversation.title}`}
        className="icon-button row-more"
        items={() => [
          ...(canRename
            ? [
                {
                  label: words.rename,
                  icon: <Icon name="pencil" />,
                  hint: <kbd>F2</kbd>,
                  choose: () => setRenaming(true),
                },
              ]
            : []),
          { label: words.copyPath, icon: <Icon name="copy" />, choose: () => commands.copy(conversation.path) },
          "line",
          {
            label: words.moveToTrash,
            icon: <Icon name="trash" />,
            isHarmful: true,
            choose: () => commands.remove(conversation, () => props.onRemoved(conversation.id)),
          },
        ]}
      >
        <Icon name="more" />
      </MenuButton>
    </div>
  );
});
