import type { EventLog } from "./platform/events/event-log.ts";
import type { DocumentStore } from "./platform/store/document-store.ts";

/** Which runs of agents have a record, answered at once: a log of 50,000 entries asks for each of them. */
export interface KnownRuns {
  has(id: string): boolean;
  close(): void;
}

const folder = "agent-runs";
/** The command line adds records too: an id that is not known has the folder looked at again, at most so often. */
const pauseMs = 1_000;

/** `own`: Folio's data about the workspace. Runs of this process are known from their first event on. */
export async function openKnownRuns(own: DocumentStore, log: EventLog): Promise<KnownRuns> {
  const ids = new Set<string>();
  let lastLook = 0;
  const look = async (): Promise<void> => {
    lastLook = performance.now();
    for (const { path } of await own.find(folder, (name) => name.endsWith(".json"))) {
      ids.add(path.slice(folder.length + 1, -".json".length));
    }
  };
  const close = log.subscribe(new Set(["workspace"]), ({ frame }) => {
    const [, id] = /"type":"agent-run-changed","run":\{"id":"([0-9A-Z]{26})"/.exec(frame) ?? [];
    if (id !== undefined) ids.add(id);
  });
  // The links are a convenience: without them the log is as it is.
  await look().catch(() => undefined);
  return {
    has: (id) => {
      const isKnown = ids.has(id);
      if (!isKnown && performance.now() - lastLook > pauseMs) void look().catch(() => undefined);
      return isKnown;
    },
    close,
  };
}
