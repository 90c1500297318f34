import "./app-shell.css";
import { type ReactElement, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { ConversationList } from "../chat/list/conversation-list.tsx";
import { useKeys } from "../platform/keyboard.ts";
import type { Session } from "../platform/session.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { Icon } from "../ui/icons.tsx";
import { KeyboardSheet, type KeyboardSheetHandle } from "./keyboard-sheet.tsx";
import { Notices } from "./notices.tsx";
import { SettingsMenu } from "./settings-menu.tsx";
import { words } from "./words.ts";

const sideKey = "folio.side";
const drawerQuery = "(max-width: 1079.98px)";

/** The next of side bar, text and composer takes the focus. */
function focusNextRegion(): void {
  const regions = ["aside", ".messages-area", ".composer-field"]
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .filter((region) => region !== null && region.checkVisibility({ visibilityProperty: true }));
  const at = regions.findIndex((region) => region?.contains(document.activeElement));
  const next = regions[(at + 1) % regions.length];
  const inSide = next?.querySelector<HTMLElement>("[aria-current]") ?? next?.querySelector<HTMLElement>("input");
  (next?.matches("aside") ? inSide : next)?.focus();
}

/** Side bar and main part; `children` gets the button that brings the side bar where it is a drawer or closed. */
export function AppShell(props: {
  readonly session: Session;
  readonly children: (openSide: ReactNode) => ReactNode;
}): ReactElement {
  const { session } = props;
  const [, navigate] = useLocation();
  const [, route] = useRoute("/c/:id");
  const openId = route?.id === undefined ? undefined : decodeURIComponent(route.id);
  const [isClosed, setClosed] = useState(() => readStored(sideKey) === "closed");
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const sheet = useRef<KeyboardSheetHandle>(null);
  const side = useRef<HTMLElement>(null);

  const toggleSide = (): void => {
    if (matchMedia(drawerQuery).matches) return setDrawerOpen(!isDrawerOpen);
    writeStored(sideKey, isClosed ? undefined : "closed");
    setClosed(!isClosed);
  };
  const leaveDrawer = useCallback(() => setDrawerOpen(false), []);
  const closeDrawer = useCallback(() => {
    setDrawerOpen(false);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".open-side")?.focus());
  }, []);
  const startNew = useCallback(() => {
    setDrawerOpen(false);
    navigate("/");
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".composer-field")?.focus());
  }, [navigate]);
  useEffect(() => {
    if (isDrawerOpen) side.current?.querySelector<HTMLElement>("[aria-current], button")?.focus();
  }, [isDrawerOpen]);
  useKeys([
    ...(isDrawerOpen ? [{ key: "Escape", inFields: true, run: closeDrawer }] : []),
    { key: "o", mod: true, shift: true, run: startNew },
    { key: "\\", mod: true, run: toggleSide },
    { key: "F6", inFields: true, run: focusNextRegion },
    { key: "/", run: () => document.querySelector<HTMLElement>(".composer-field")?.focus() },
    { key: "?", run: () => sheet.current?.open() },
  ]);
  const openSide = (
    <button
      type="button"
      className="icon-button open-side"
      aria-label={words.openSide}
      title={words.openSide}
      onClick={toggleSide}
    >
      <Icon name="menu" />
    </button>
  );
  return (
    <div className="shell" data-side={isClosed ? "closed" : "open"} data-drawer={isDrawerOpen ? "open" : "closed"}>
      <a className="button skip-link" href="#main">
        {words.skip}
      </a>
      <aside ref={side} className="side" aria-label={session.workspace.name}>
        <div className="side-head">
          <Icon name="file" />
          <span className="side-name" title={session.workspace.folder}>
            <bdi>{session.workspace.name}</bdi>
          </span>
          <button type="button" className="icon-button drawer-only" aria-label={words.closeSide} onClick={closeDrawer}>
            <Icon name="close" />
          </button>
        </div>
        <ConversationList openId={openId} onNew={startNew} onOpenRemoved={() => navigate("/")} onChosen={leaveDrawer} />
        <div className="side-foot">
          <bdi className="side-folder" dir="ltr" title={session.workspace.folder}>
            {session.workspace.folder}
          </bdi>
          <SettingsMenu
            openModels={() => navigate("/settings/models")}
            openConnection={() => navigate("/settings/connection")}
            openKeys={() => sheet.current?.open()}
          />
        </div>
      </aside>
      <div className="scrim" onClick={closeDrawer} aria-hidden="true" />
      <main id="main" className="main" inert={isDrawerOpen}>
        <Notices first={session.notices ?? []} />
        {props.children(openSide)}
      </main>
      <KeyboardSheet ref={sheet} />
    </div>
  );
}
