import type { DocumentStore } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import type { AgentsContext } from "./agents-context.ts";
import { runsFolder } from "./run-records.ts";

/** How often a command looks whether its run is to stop. */
const looksEveryMs = 500;

const pathOf = (id: string): string => `${runsFolder}/${id}.stop`;

/**
 * Asks the process that works on a run to stop it: a file beside the record, in Folio's own data. What is in it counts
 * for nothing; that it is there is the wish. `id` is that of a record.
 */
export async function askToStop(store: DocumentStore, id: string): Promise<void> {
  await store.write(pathOf(id), Buffer.from("stop\n"), undefined);
}

/** A run is over: nobody looks for a wish any more. */
export async function forgetStop(store: DocumentStore, id: string): Promise<void> {
  const asked = await readIfThere(store, pathOf(id));
  if (asked !== undefined) await store.remove(pathOf(id), asked.revision);
}

/** Stops the run once it is asked for; only for a process that no page can reach. Answers how to end looking. */
export function watchForStop(context: AgentsContext, id: string): () => Promise<void> {
  const { holdsFolder, store, runs, logger } = context;
  if (holdsFolder) return async () => undefined;
  let looking: Promise<unknown> | undefined;
  const look = async (): Promise<void> => {
    if ((await readIfThere(store, pathOf(id))) !== undefined) runs.stop(id);
  };
  const complain = (error: unknown): void => logger.error("wish to stop a run", { run: id, error: String(error) });
  const timer = setInterval(() => {
    looking ??= look()
      .catch(complain)
      .finally(() => {
        looking = undefined;
      });
  }, looksEveryMs);
  return async () => {
    clearInterval(timer);
    await looking;
    await forgetStop(store, id).catch(complain);
  };
}
