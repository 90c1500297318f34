/** A folder outside `.codex/` where programs that may not write there leave log entries and proposals. */
import type { Hono } from "hono";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import type { Environment, NewLogEntry, WriteBytes } from "../task-log-port.ts";
import { inboxRoutes } from "./inbox-routes.ts";
import { INBOX_FOLDER, type InboxView, makeInbox, viewInbox } from "./inbox-view.ts";
import { createSettled } from "./settled.ts";
import { takeFile } from "./take-file.ts";

export interface InboxOptions {
  readonly store: DocumentStore;
  /** Writes the board; the store's own write when absent. */
  readonly write?: WriteBytes;
  /** All of them, each run id once. */
  readonly appendEntries: (entries: readonly NewLogEntry[]) => Promise<unknown>;
  /** After each write of the board. */
  readonly onChanged: (path: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a file that may be half-written must stay as it is, in milliseconds; 1,000 when absent. */
  readonly settleMs?: number;
  /** How long until a file is tried again that something else than the file kept from being taken; 15,000 when absent. */
  readonly retryMs?: number;
}

/** Larger files are not read: each look at the inbox would cost as much again, and one entry is a few hundred bytes. */
const mostBytes = 4 * 1024 * 1024;
const tooLarge = "It is larger than 4 MB.";

export interface Inbox {
  readonly routes: Hono<Environment>;
  /** A file anywhere was changed or removed, by anybody; one in the inbox is looked at. Never rejects. */
  changedOutside(path: string): Promise<void>;
  /** Takes everything that is there. Never rejects. */
  scan(): Promise<void>;
  view(): Promise<InboxView>;
  close(): Promise<void>;
}

/**
 * Files are taken one after the other. What cannot be taken stays where it is, its reason is in the view, and it is
 * tried again when it changes, or after a while when the reason lay elsewhere.
 */
export function createInbox(options: InboxOptions): Inbox {
  const { store, logger, settleMs = 1_000, retryMs = 15_000 } = options;
  const write: WriteBytes = options.write ?? ((path, bytes, expected) => store.write(path, bytes, expected));
  const settled = createSettled(settleMs);
  const refused = new Map<string, { readonly revision: string | undefined; readonly reason: string }>();
  let last: Promise<void> = Promise.resolve();
  const timers = new Map<number, NodeJS.Timeout>();
  let isClosed = false;

  const lookIn = (ms: number): void => {
    if (timers.has(ms) || isClosed) return;
    const look = (): void => {
      timers.delete(ms);
      void scan();
    };
    timers.set(ms, setTimeout(look, ms).unref());
  };
  const takeOne = async (path: string): Promise<void> => {
    const outcome = await takeFile({ ...options, write, settled }, path, refused.get(path)?.revision);
    if (outcome.outcome === "waits") lookIn(settleMs);
    else if (outcome.outcome === "refused") {
      refused.set(path, outcome);
      // A full disk, or a log of another shape: it may be otherwise soon, and nothing tells of it.
      if (outcome.revision === undefined) lookIn(retryMs);
    } else if (outcome.outcome !== "unchanged") refused.delete(path);
  };
  const scanNow = async (): Promise<void> => {
    const files = await store.find(INBOX_FOLDER, (name) => /\.(?:json|md)$/i.test(name));
    const sizes = new Map(files.map(({ path, size }) => [path, size]));
    for (const path of refused.keys()) if (!sizes.has(path)) refused.delete(path);
    for (const path of [...sizes.keys()].sort()) {
      if (isClosed) return;
      if ((sizes.get(path) ?? 0) > mostBytes) refused.set(path, { revision: undefined, reason: tooLarge });
      else await takeOne(path);
    }
  };
  const scan = (): Promise<void> => {
    if (isClosed) return last;
    last = last.then(scanNow).catch((error: unknown) => logger.error("inbox not read", { error: String(error) }));
    return last;
  };
  const view = () => viewInbox(store, refused);
  const isInside = (path: string): boolean => path.startsWith(`${INBOX_FOLDER}/`);
  return {
    routes: inboxRoutes({ view, make: async () => makeInbox(store).then(view) }),
    changedOutside: (path) => (isInside(path) ? scan() : Promise.resolve()),
    scan,
    view,
    close: async () => {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await last;
    },
  };
}
