/**
 * What the server says at an address, kept up to date: one fetch for everybody who looks at the same address, again when
 * an event says that it may have changed. Events that come close together are one fetch; what was there stays until the
 * new answer is here.
 */
import type { FolioEvent } from "../../shared/events.ts";
import type { EventStream } from "./event-stream.ts";

export interface Resource<Value> {
  /** Absent until the first answer. Stays while it is fetched again and when that fails. */
  readonly value?: Value;
  /** Why the last fetch failed; absent when it did not. */
  readonly problem?: unknown;
}

/** Whether this event can have changed what lies at the address. */
export type IsTouchedBy = (event: FolioEvent) => boolean;

export interface Resources {
  read(path: string): Resource<unknown>;
  /** Fetches now, and again whenever `isTouchedBy` says so, until the answered function is called. */
  watch(path: string, isTouchedBy: IsTouchedBy, listener: () => void): () => void;
  refresh(path: string): void;
  /** Takes part in the event stream until the answered function is called. */
  connect(stream: EventStream): () => void;
}

interface Entry {
  state: Resource<unknown>;
  readonly watchers: Set<{ readonly isTouchedBy: IsTouchedBy; readonly listener: () => void }>;
  isFetching: boolean;
  /** Something happened since the fetch on its way was asked for. */
  isOutOfDate: boolean;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  endedAt: number;
}

export interface ResourcesDependencies {
  readonly fetch: (path: string) => Promise<unknown>;
  /** Whether the same question may be answered later: no connection, not a refusal. */
  readonly isPassing: (problem: unknown) => boolean;
}

/** A first event is answered at once; of those that follow, at most one fetch in this time. */
const spacingMs = 120;
const firstRetryMs = 500;
const longestRetryMs = 4000;
/** So many addresses that nobody looks at are remembered, to be there at once when somebody comes back. */
const keptUnwatched = 40;
const nothing: Resource<unknown> = {};

export function createResources(dependencies: ResourcesDependencies): Resources {
  return new LiveResources(dependencies);
}

class LiveResources implements Resources {
  readonly #dependencies: ResourcesDependencies;
  readonly #entries = new Map<string, Entry>();

  constructor(dependencies: ResourcesDependencies) {
    this.#dependencies = dependencies;
  }

  read(path: string): Resource<unknown> {
    return this.#entries.get(path)?.state ?? nothing;
  }

  watch(path: string, isTouchedBy: IsTouchedBy, listener: () => void): () => void {
    const entry = this.#entries.get(path) ?? newEntry();
    const watcher = { isTouchedBy, listener };
    this.#entries.set(path, entry);
    entry.watchers.add(watcher);
    if (entry.watchers.size === 1) this.#touch(path, entry);
    return () => {
      entry.watchers.delete(watcher);
      if (entry.watchers.size === 0) this.#putAside(path, entry);
    };
  }

  refresh(path: string): void {
    const entry = this.#entries.get(path);
    if (entry) this.#touch(path, entry);
  }

  connect(stream: EventStream): () => void {
    return stream.subscribe("workspace", (signal) => {
      for (const [path, entry] of this.#entries) {
        // A stream that has just begun, or lost its place, may have missed what came before.
        const isTouched =
          signal.kind !== "event" || [...entry.watchers].some(({ isTouchedBy }) => isTouchedBy(signal.event));
        if (isTouched && entry.watchers.size > 0) this.#touch(path, entry);
      }
    });
  }

  #touch(path: string, entry: Entry): void {
    if (entry.isFetching) entry.isOutOfDate = true;
    else this.#plan(path, entry, Math.max(0, entry.endedAt + spacingMs - performance.now()));
  }

  #plan(path: string, entry: Entry, ms: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#load(path, entry), ms);
  }

  async #load(path: string, entry: Entry): Promise<void> {
    if (entry.watchers.size === 0) return;
    entry.isFetching = true;
    entry.isOutOfDate = false;
    const { fetch, isPassing } = this.#dependencies;
    const answer = await fetch(path).then(
      (value): Resource<unknown> => ({ value }),
      (problem: unknown): Resource<unknown> => ({ ...entry.state, problem }),
    );
    entry.isFetching = false;
    entry.endedAt = performance.now();
    entry.failures = answer.problem === undefined ? 0 : entry.failures + 1;
    entry.state = answer;
    for (const { listener } of [...entry.watchers]) listener();
    if (entry.isOutOfDate) this.#plan(path, entry, spacingMs);
    else if (isPassing(answer.problem)) {
      this.#plan(path, entry, Math.min(longestRetryMs, firstRetryMs * 2 ** (entry.failures - 1)));
    }
  }

  /** Keeps it for whoever comes back, as the last in use; the ones that were used longest ago go. */
  #putAside(path: string, entry: Entry): void {
    clearTimeout(entry.timer);
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    const unwatched = [...this.#entries].filter(([, { watchers }]) => watchers.size === 0);
    for (const [oldest] of unwatched.slice(0, -keptUnwatched)) this.#entries.delete(oldest);
  }
}

function newEntry(): Entry {
  return {
    state: nothing,
    watchers: new Set(),
    isFetching: false,
    isOutOfDate: false,
    failures: 0,
    timer: undefined,
    endedAt: Number.NEGATIVE_INFINITY,
  };
}
