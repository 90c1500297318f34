import "./side-switch.css";
import { type ReactElement, Suspense, useEffect, useState } from "react";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { words } from "./words.ts";

const WaitingBadge = lazyPart(
  () => import("./studio/waiting-badge.tsx").then((module) => module.WaitingBadge),
  () => null,
);
const idleAfterMs = 1500;

/** Conversations or studio; says how many things wait for the person, once the page itself is quiet. */
export function SideSwitch(props: {
  readonly isStudio: boolean;
  readonly conversations: string;
  readonly onChoose: () => void;
}): ReactElement {
  return (
    <div className="side-switch">
      <Tabs
        look="box"
        label={words.parts}
        onChoose={props.onChoose}
        tabs={[
          { label: words.conversations, href: props.conversations, isChosen: !props.isStudio },
          { label: words.studio, href: "/studio", isChosen: props.isStudio, badge: <Waiting /> },
        ]}
      />
    </div>
  );
}

/** Loaded after the page: what waits is not needed to write a message. */
export function Waiting(): ReactElement | null {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), idleAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isWanted ? (
    <Suspense fallback={null}>
      <WaitingBadge />
    </Suspense>
  ) : null;
}
