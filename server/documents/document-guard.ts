import type { Notice } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import { Problem } from "../platform/problem.ts";

/** Closes the whole folder while it holds another program's logins (docs/studio-files.md, rule 5). */
export interface DocumentGuard {
  /** Whether the folder is closed now; raises or clears the notice. */
  isClosed(): Promise<boolean>;
  /** @throws Problem 403 `forbidden` */
  check(): Promise<void>;
  notices(): readonly Notice[];
  /** What is to be done when a closed folder is open again. */
  whenOpened(work: () => void): void;
  close(): void;
}

/** A closed folder is looked at again so often: an empty folder that goes away is no event. */
const lookEveryMs = 5_000;

const notice: Notice = {
  id: "codex-home",
  level: "danger",
  title: ".codex/ holds logins or sessions of Codex CLI. Folio stopped reading it.",
  detail: "Nothing was changed. Move auth.json and sessions/ out of it, or open another folder.",
};

/** `holdsCodexHome` looks at the disk: `auth.json` or `sessions/` may appear at any time. */
export function createDocumentGuard(
  holdsCodexHome: () => Promise<boolean>,
  log: EventLog,
  everyMs = lookEveryMs,
): DocumentGuard {
  let isRaised = false;
  let opened: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const isClosed = async (): Promise<boolean> => {
    const isHome = await holdsCodexHome();
    if (isHome !== isRaised) {
      isRaised = isHome;
      clearInterval(timer);
      timer = isHome ? setInterval(() => void isClosed().catch(() => undefined), everyMs).unref() : undefined;
      log.append("workspace", isHome ? { type: "notice-raised", notice } : { type: "notice-cleared", id: notice.id });
      if (!isHome) opened();
    }
    return isHome;
  };
  return {
    isClosed,
    check: async () => {
      if (!(await isClosed())) return;
      throw new Problem("forbidden", 403, notice.title, notice.detail === undefined ? {} : { detail: notice.detail });
    },
    notices: () => (isRaised ? [notice] : []),
    whenOpened: (work) => {
      opened = work;
    },
    close: () => clearInterval(timer),
  };
}
