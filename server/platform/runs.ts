/** Work that outlives the request that began it: each run has an id, can be stopped by it, and is waited for at the end. */
export type StopReason = "stopped" | "shutdown";

export interface Runs {
  /** Starts `work` at once; it must not throw. `signal.reason` is a StopReason. */
  start(id: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Answers whether there was such a run. */
  stop(id: string): boolean;
  isRunning(id: string): boolean;
  /** Resolves when none of these runs is at work any more. */
  ended(ids: readonly string[]): Promise<void>;
  /** Stops all, those too that begin from now on, and waits until they have ended. */
  close(): Promise<void>;
}

/** `onCrash` hears of work that threw all the same; its run counts as ended. */
export function createRuns(onCrash: (id: string, error: unknown) => void): Runs {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();

  let isClosing = false;

  const start: Runs["start"] = (id, work) => {
    const controller = new AbortController();
    if (isClosing) controller.abort("shutdown" satisfies StopReason);
    const done = work(controller.signal)
      .catch((error: unknown) => onCrash(id, error))
      .finally(() => running.delete(id));
    running.set(id, { controller, done });
  };

  const stop = (id: string): boolean => {
    const run = running.get(id);
    run?.controller.abort("stopped" satisfies StopReason);
    return run !== undefined;
  };

  const close = async (): Promise<void> => {
    isClosing = true;
    while (running.size > 0) {
      const all = [...running.values()];
      for (const run of all) run.controller.abort("shutdown" satisfies StopReason);
      await Promise.all(all.map((run) => run.done));
    }
  };

  const ended: Runs["ended"] = async (ids) => {
    await Promise.all(ids.flatMap((id) => running.get(id)?.done ?? []));
  };

  return { start, stop, isRunning: (id) => running.has(id), ended, close };
}
