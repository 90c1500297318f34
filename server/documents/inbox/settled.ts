/** Tells whether a file has stayed as it is for a while: what looks whole may be half of what its writer means to say. */
export interface Settled {
  /** Whether this content was first seen long enough ago. */
  isSettled(path: string, revision: string): boolean;
  forget(path: string): void;
}

export function createSettled(settleMs: number): Settled {
  const seen = new Map<string, { readonly revision: string; readonly since: number }>();
  return {
    isSettled: (path, revision) => {
      const known = seen.get(path);
      if (known?.revision === revision) return performance.now() - known.since >= settleMs;
      seen.set(path, { revision, since: performance.now() });
      return settleMs === 0;
    },
    forget: (path) => seen.delete(path),
  };
}
