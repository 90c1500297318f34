import "./app-shell.css";
import { type ReactElement, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useKeySequence } from "../platform/key-sequence.ts";
import { useKeys } from "../platform/keyboard.ts";
import type { Session } from "../platform/session.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { Icon } from "../ui/icons.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { KeyboardSheet, type KeyboardSheetHandle } from "./keyboard-sheet.tsx";
import { Notices } from "./notices.tsx";
import { isStudioAddress, SideBar } from "./side-bar.tsx";
import { words } from "./words.ts";

const sideKey = "folio.side";
const drawerQuery = "(max-width: 1079.98px)";

/** The open row of the side bar, or what comes first there. */
function chosenIn(side: HTMLElement): HTMLElement | null {
  const row = side.querySelector<HTMLElement>("nav:not(.tabs, .bottom-bar) [aria-current]");
  return row ?? side.querySelector<HTMLElement>("input, a, button");
}

/** The next of side bar, text and composer takes the focus. */
function focusNextRegion(): void {
  const regions = ["aside", ".messages-area, .page-content", ".composer-field", ".side-panel"]
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .filter((region) => region !== null && region.checkVisibility({ visibilityProperty: true }));
  const at = regions.findIndex((region) => region?.contains(document.activeElement));
  const next = regions[(at + 1) % regions.length];
  const inSide = next && chosenIn(next);
  (next?.matches("aside") ? inSide : next)?.focus();
}

/** Where one goes on talking after a look into the studio. */
function useLastConversation(location: string, isStudio: boolean): string {
  const last = useRef("/");
  if (!isStudio) last.current = location;
  return last.current;
}

/** Lists and boards, where a phone shows the bar at its lower edge. */
const studioLists = /^\/studio(\/(proposals|log|runs|feedback|roster))?$/;

/** Side bar and main part; `children` gets the button that brings the side bar where it is a drawer or closed. */
export function AppShell(props: {
  readonly session: Session;
  readonly children: (openSide: ReactNode) => ReactNode;
}): ReactElement {
  const { session } = props;
  const [location, navigate] = useLocation();
  const isStudio = isStudioAddress(location);
  const lastConversation = useLastConversation(location, isStudio);
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
  const openConversations = useCallback(() => {
    if (isStudio) navigate(lastConversation);
    setDrawerOpen(true);
  }, [isStudio, lastConversation, navigate]);
  useKeySequence("g", {
    c: () => navigate(lastConversation),
    s: () => navigate("/studio"),
    p: () => navigate("/studio/proposals"),
    l: () => navigate("/studio/log"),
  });
  useEffect(() => {
    if (isDrawerOpen && side.current) chosenIn(side.current)?.focus();
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
      <SideBar
        ref={side}
        session={session}
        location={location}
        lastConversation={lastConversation}
        startNew={startNew}
        openKeys={() => sheet.current?.open()}
        leave={leaveDrawer}
        close={closeDrawer}
      />
      <div className="scrim" onClick={closeDrawer} aria-hidden="true" />
      <main id="main" className="main" inert={isDrawerOpen}>
        <Notices first={session.notices ?? []} />
        {props.children(openSide)}
        {studioLists.test(location) && (
          <BottomBar isStudio={isStudio} openConversations={openConversations} onChoose={leaveDrawer} />
        )}
      </main>
      <KeyboardSheet ref={sheet} />
    </div>
  );
}
