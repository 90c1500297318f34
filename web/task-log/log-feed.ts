import type { LogItemsPage } from "../../shared/task-log.ts";
import { emptyWindow, type LogWindow, missingIn, windowSize, withItems } from "./log-window.ts";

/** While somebody scrolls, what only flies by is not fetched. */
const restMs = 60;
const retryMs = 1000;

export interface LogFeedDependencies {
  readonly fetch: (from: number, count: number, signal: AbortSignal) => Promise<LogItemsPage>;
  readonly onChange: (window: LogWindow, problem?: unknown) => void;
}

/** Fetches the rows that are in view, one request at a time, until it is ended. */
export class LogFeed {
  readonly #dependencies: LogFeedDependencies;
  readonly #controller = new AbortController();
  #window = emptyWindow;
  #shown = { first: 0, last: windowSize - 1 };
  #isForced = true;
  #isFetching = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(dependencies: LogFeedDependencies) {
    this.#dependencies = dependencies;
  }

  /** Rows from `first` to `last` are in view; 0 is the newest. */
  show(first: number, last: number): void {
    this.#shown = { first, last };
    this.#plan(restMs);
  }

  /** The file may have changed: what is in view is asked for again. */
  refresh(): void {
    this.#isForced = true;
    this.#plan(0);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }

  #plan(delay: number): void {
    if (this.#isFetching || this.#controller.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), delay);
  }

  #wanted(): { readonly from: number; readonly count: number } | undefined {
    const { first, last } = this.#shown;
    return this.#isForced ? { from: Math.max(0, first), count: windowSize } : missingIn(this.#window, first, last);
  }

  async #load(): Promise<void> {
    const wanted = this.#wanted();
    if (!wanted) return;
    this.#isForced = false;
    this.#isFetching = true;
    const { signal } = this.#controller;
    const answer = await this.#dependencies.fetch(wanted.from, wanted.count, signal).then(
      (page) => ({ page }),
      (problem: unknown) => ({ problem }),
    );
    this.#isFetching = false;
    if (signal.aborted) return;
    if ("problem" in answer) {
      this.#isForced = true;
      this.#dependencies.onChange(this.#window, answer.problem);
      return this.#plan(retryMs);
    }
    this.#window = withItems(this.#window, wanted.from, answer.page);
    this.#dependencies.onChange(this.#window);
    this.#plan(0);
  }
}
