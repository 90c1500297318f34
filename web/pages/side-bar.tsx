import { type ReactElement, type Ref, Suspense } from "react";
import { useLocation } from "wouter";
import { ConversationList } from "../chat/list/conversation-list.tsx";
import type { Session } from "../platform/session.ts";
import { Icon } from "../ui/icons.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { SettingsMenu } from "./settings-menu.tsx";
import { SideSwitch } from "./side-switch.tsx";
import { words } from "./words.ts";

const StudioSide = lazyPart(() => import("./studio/studio-side.tsx").then((module) => module.StudioSide));

export function isStudioAddress(location: string): boolean {
  return location === "/studio" || location.startsWith("/studio/");
}

/** The conversation's id in an address of the page. */
function conversationOf(location: string): string | undefined {
  const id = location.startsWith("/c/") ? location.slice(3) : "";
  return id === "" ? undefined : decodeURIComponent(id);
}

export interface SideBarProps {
  readonly session: Session;
  readonly location: string;
  /** Where "Conversations" leads to. */
  readonly lastConversation: string;
  readonly startNew: () => void;
  readonly openKeys: () => void;
  /** Something was chosen: a drawer goes away. */
  readonly leave: () => void;
  readonly close: () => void;
  readonly ref: Ref<HTMLElement>;
}

/** The workspace, what is in it (conversations or the studio's parts), and where it lies. */
export function SideBar(props: SideBarProps): ReactElement {
  const { location, leave } = props;
  const { workspace } = props.session;
  const [, navigate] = useLocation();
  const isStudio = isStudioAddress(location);
  return (
    <aside ref={props.ref} className="side" aria-label={workspace.name}>
      <div className="side-head">
        <Icon name="file" />
        <span className="side-name" title={workspace.folder}>
          <bdi>{visibleText(workspace.name)}</bdi>
        </span>
        <button type="button" className="icon-button drawer-only" aria-label={words.closeSide} onClick={props.close}>
          <Icon name="close" />
        </button>
      </div>
      <SideSwitch isStudio={isStudio} conversations={props.lastConversation} onChoose={leave} />
      {isStudio ? (
        <Suspense fallback={<div className="side-rest" />}>
          <StudioSide onChosen={leave} />
        </Suspense>
      ) : (
        <ConversationList
          openId={conversationOf(location)}
          onNew={props.startNew}
          onOpenRemoved={() => navigate("/")}
          onChosen={leave}
        />
      )}
      <div className="side-foot">
        <bdi className="side-folder" dir="ltr" title={workspace.folder}>
          {visibleText(workspace.folder)}
        </bdi>
        <SettingsMenu
          openModels={() => navigate("/settings/models")}
          openConnection={() => navigate("/settings/connection")}
          openKeys={props.openKeys}
        />
      </div>
      <BottomBar isStudio={isStudio} openConversations={leave} onChoose={leave} />
    </aside>
  );
}
