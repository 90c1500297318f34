import "./notices.css";
import { type ReactElement, useEffect, useState } from "react";
import type { Notice } from "../../shared/events.ts";
import { useEventStream, useStreamStatus } from "../platform/event-stream-context.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { words } from "./words.ts";

const lostShownAfterMs = 1200;

const icons: Readonly<Record<Notice["level"], IconName>> = { danger: "disk", decision: "warning", state: "offline" };

function useNotices(first: readonly Notice[]): readonly Notice[] {
  const stream = useEventStream();
  const [notices, setNotices] = useState(first);
  useEffect(
    () =>
      stream.subscribe("workspace", (signal) => {
        if (signal.kind !== "event") return;
        const { event } = signal;
        if (event.type === "notice-raised") {
          setNotices((before) => [...before.filter(({ id }) => id !== event.notice.id), event.notice]);
        }
        if (event.type === "notice-cleared") setNotices((before) => before.filter(({ id }) => id !== event.id));
      }),
    [stream],
  );
  return notices;
}

/** True when the connection has been away for longer than a reload or a restart takes. */
function useIsOffline(): boolean {
  const isLost = useStreamStatus() === "lost";
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isLost) return setShown(false);
    const timer = setTimeout(() => setShown(true), lostShownAfterMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  return isShown;
}

/** What is true of everything here until it is true no more: a full disk, a folder that is gone, no connection. */
export function Notices({ first }: { readonly first: readonly Notice[] }): ReactElement {
  const notices = useNotices(first);
  const isOffline = useIsOffline();
  const offline: Notice = { id: "offline", level: "state", title: words.offlineTitle, detail: words.offlineText };
  const shown = isOffline ? [...notices, offline] : notices;
  return (
    <div className="notices" role="status" aria-label="Notices">
      {shown.map((notice) => (
        <div key={notice.id} className={`notice notice-${notice.level}`}>
          <Icon name={icons[notice.level]} />
          <p>
            <strong>{notice.title}</strong> {notice.detail}
          </p>
        </div>
      ))}
    </div>
  );
}
