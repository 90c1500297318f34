/** Runs work one after another for each path, whatever becomes of it. */
export interface PathQueue {
  run<Result>(path: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing that was given until now is left. */
  idle(): Promise<void>;
}

export function createPathQueue(): PathQueue {
  const last = new Map<string, Promise<unknown>>();
  return {
    run: (path, work) => {
      const before = last.get(path) ?? Promise.resolve();
      const result = before.then(work, work);
      const settled = result.then(
        () => undefined,
        () => undefined,
      );
      last.set(path, settled);
      void settled.then(() => {
        if (last.get(path) === settled) last.delete(path);
      });
      return result;
    },
    idle: async () => {
      await Promise.all(last.values());
    },
  };
}
