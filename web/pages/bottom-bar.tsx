import type { ReactElement } from "react";
import { Link } from "wouter";
import { Icon } from "../ui/icons.tsx";
import { Waiting } from "./side-switch.tsx";
import { words } from "./words.ts";

/** On phones, under lists: from one part of Folio to another. */
export function BottomBar(props: {
  readonly isStudio: boolean;
  readonly openConversations: () => void;
  readonly onChoose: () => void;
}): ReactElement {
  const { isStudio } = props;
  return (
    <nav className="bottom-bar" aria-label={words.parts}>
      <button
        type="button"
        className="bottom-bar-item"
        aria-current={isStudio ? undefined : "page"}
        onClick={props.openConversations}
      >
        <Icon name="chat" size={20} />
        {words.conversations}
      </button>
      <Link
        className="bottom-bar-item"
        href="/studio"
        aria-current={isStudio ? "page" : undefined}
        onClick={props.onChoose}
      >
        <Icon name="overview" size={20} />
        {words.studio}
        <Waiting />
      </Link>
      <Link className="bottom-bar-item" href="/settings/models">
        <Icon name="gear" size={20} />
        {words.settings}
      </Link>
    </nav>
  );
}
