import type { Notice } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import { Problem } from "../platform/problem.ts";

/** Closes the whole folder while it holds another program's logins (codex-files 1.0, rule 6). */
export interface DocumentGuard {
  /** Whether the folder is closed now; raises or clears the notice. */
  isClosed(): Promise<boolean>;
  /** @throws Problem 403 `forbidden` */
  check(): Promise<void>;
  notices(): readonly Notice[];
}

const notice: Notice = {
  id: "codex-home",
  level: "danger",
  title: ".codex/ holds logins or sessions of Codex CLI. Folio stopped reading it.",
  detail: "Nothing was changed. Move auth.json and sessions/ out of it, or open another folder.",
};

/** `holdsCodexHome` looks at the disk: `auth.json` or `sessions/` may appear at any time. */
export function createDocumentGuard(holdsCodexHome: () => Promise<boolean>, log: EventLog): DocumentGuard {
  let isRaised = false;
  const isClosed = async (): Promise<boolean> => {
    const isHome = await holdsCodexHome();
    if (isHome !== isRaised) {
      isRaised = isHome;
      log.append("workspace", isHome ? { type: "notice-raised", notice } : { type: "notice-cleared", id: notice.id });
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
  };
}
