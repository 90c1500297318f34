import "./conversation-header.css";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { withMarks } from "../ui/markdown/invisible.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { MenuButton } from "../ui/menu.tsx";
import { TitleField } from "../ui/title-field.tsx";
import { useConversationSlots } from "./conversation-slots.ts";
import { TitleChoiceDialog } from "./title-choice-dialog.tsx";
import { useChangedOnDisk } from "./use-changed-on-disk.ts";
import { useConversationCommands } from "./use-conversation-commands.ts";
import { words } from "./words.ts";

/** Whether what is shown is in the file: solid, being written, or waiting in the journal. */
function FileState({
  view,
  isRunning,
}: {
  readonly view: ConversationView;
  readonly isRunning: boolean;
}): ReactElement {
  if (view.unwritten > 0) {
    return (
      <span className="file-state file-state-bad">
        <Icon name="warning" size={14} />
        {words.notWritten(view.unwritten)}
      </span>
    );
  }
  return (
    <span className="file-state">
      <span className={isRunning ? "state-ring" : "state-dot"} />
      <span className={isRunning ? "" : "hidden-text"}>{isRunning ? words.writing : words.onDisk}</span>
    </span>
  );
}

export function ConversationHeader(props: {
  readonly view: ConversationView;
  readonly isRunning: boolean;
  readonly openSide: ReactNode;
  readonly onRemoved: () => void;
}): ReactElement {
  const { view, isRunning } = props;
  const [isRenaming, setRenaming] = useState(false);
  const header = useRef<HTMLElement>(null);
  const { commands, titleChoice } = useConversationCommands();
  const slots = useConversationSlots();
  useChangedOnDisk(view.id);
  const canChange = view.readOnly === undefined;
  return (
    <header ref={header} className="conversation-header">
      {props.openSide}
      <div className="conversation-names">
        {isRenaming ? (
          <TitleField
            label={words.rename}
            value={view.title}
            done={(title) => {
              setRenaming(false);
              if (title !== undefined) commands.rename(view, title);
            }}
            returnFocus={() => header.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus()}
          />
        ) : (
          <h1 className="conversation-title" dir={directionOf(view.title)} title={withMarks(view.title)}>
            {visibleText(view.title)}
          </h1>
        )}
        <div className="conversation-path">
          <button
            type="button"
            className="path-button"
            title={`${words.copyAbsolute}: ${view.file}`}
            onClick={() => commands.copy(view.file)}
          >
            <bdi dir="ltr">
              <span className="path-folder">{view.path.slice(0, view.path.lastIndexOf("/") + 1)}</span>
              {view.path.slice(view.path.lastIndexOf("/") + 1)}
            </bdi>
          </button>
          <FileState view={view} isRunning={isRunning} />
        </div>
      </div>
      <MenuButton
        label={words.moreActs}
        items={() => [
          ...(canChange
            ? [{ label: words.rename, icon: <Icon name="pencil" />, choose: () => setRenaming(true) }]
            : []),
          { label: words.copyAbsolute, icon: <Icon name="file" />, choose: () => commands.copy(view.file) },
          { label: words.copyPath, icon: <Icon name="copy" />, choose: () => commands.copy(view.path) },
          ...(canChange ? (slots.menu ?? []) : []),
          "line",
          {
            label: words.moveToTrash,
            icon: <Icon name="trash" />,
            isHarmful: true,
            choose: () => commands.remove(view, props.onRemoved),
          },
        ]}
      >
        <Icon name="more" />
      </MenuButton>
      <TitleChoiceDialog choice={titleChoice} />
    </header>
  );
}
