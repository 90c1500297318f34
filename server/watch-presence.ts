import type { Notice } from "../shared/events.ts";
import type { EventLog } from "./platform/events/event-log.ts";

/** Tells of a workspace that goes away while Folio runs, before somebody writes to it. */
export interface FolderPresence {
  notices(): readonly Notice[];
  close(): void;
}

const lookEveryMs = 2_000;

/** `check` rejects, with words for a person, while the folder is away. */
export function watchPresence(check: () => Promise<void>, log: EventLog, everyMs = lookEveryMs): FolderPresence {
  let notice: Notice | undefined;
  const tell = (title: string | undefined): void => {
    if (title === notice?.title) return;
    if (title === undefined) log.append("workspace", { type: "notice-cleared", id: "folder-away" });
    const detail = "Conversations go on and are written when it is back; documents cannot be changed until then.";
    notice = title === undefined ? undefined : { id: "folder-away", level: "danger", title, detail };
    if (notice !== undefined) log.append("workspace", { type: "notice-raised", notice });
  };
  const look = (): Promise<void> =>
    check().then(
      () => tell(undefined),
      (error: unknown) => tell(error instanceof Error ? error.message : String(error)),
    );
  const timer = setInterval(() => void look(), everyMs).unref();
  return { notices: () => (notice === undefined ? [] : [notice]), close: () => clearInterval(timer) };
}
