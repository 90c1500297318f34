import type { Logger } from "../platform/logger.ts";
import { createPathQueue, type PathQueue } from "../platform/path-queue.ts";
import { latestOnly } from "./merge-outside-change.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { createSlots } from "./slots.ts";
import { type FileWriter, writeFile } from "./write-file.ts";

/** How many files are written at a time: what waits for the journal must not queue behind them in the thread pool. */
const writesAtOnce = 2;
/** The journal has it already: a file may wait a little, so that a short answer costs one write and not two. */
const shortestWaitMs = 80;
const longestWaitMs = 10_000;
/** Of many that change at once fifty a second are written: the thread is for what people wait for. */
const waitForEachMs = 20;
const firstRetryMs = 1000;
const longestRetryMs = 10_000;

export interface WriteBackOptions extends FileWriter {
  readonly onWritten: (open: OpenConversation, written: { readonly isMerged: boolean }) => void;
  readonly onFailed: (open: OpenConversation, error: unknown) => void;
  readonly logger: Logger;
}

/** Carries what the journal holds into the files: one write at a time for each, a few in all, until it succeeds. */
export class WriteBack {
  readonly #options: WriteBackOptions;
  readonly #queue: PathQueue = createPathQueue();
  readonly #slots = createSlots(writesAtOnce);
  readonly #planned = new Map<OpenConversation, NodeJS.Timeout>();
  readonly #requested = new Map<OpenConversation, Promise<void>>();
  readonly #retries = new Map<OpenConversation, { readonly timer: NodeJS.Timeout; readonly ms: number }>();

  constructor(options: WriteBackOptions) {
    this.#options = options;
  }

  /** The file follows soon, later when many follow; several requests of one conversation become one write. */
  request(open: OpenConversation): void {
    if (this.#planned.has(open) || this.#requested.has(open)) return;
    const ms = Math.min(shortestWaitMs + this.#planned.size * waitForEachMs, longestWaitMs);
    this.#planned.set(
      open,
      setTimeout(() => void this.settle(open), ms),
    );
  }

  /** Resolves when everything that is pending of it has been tried to be written. */
  settle(open: OpenConversation): Promise<void> {
    clearTimeout(this.#planned.get(open));
    this.#planned.delete(open);
    const known = this.#requested.get(open);
    if (known !== undefined) return known;
    const done = this.#inTurn(open);
    this.#requested.set(open, done);
    return done;
  }

  async settleAll(): Promise<void> {
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
    const all = [...this.#retries.keys(), ...this.#planned.keys(), ...this.#requested.keys()];
    await Promise.all(all.map((open) => this.settle(open)));
    await this.#queue.idle();
  }

  /** Runs `work` while no write of this conversation is under way. */
  alone<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(path, work);
  }

  /** In the queue of the path that the file has when its turn comes: it may have been moved while it waited. */
  #inTurn(open: OpenConversation): Promise<void> {
    const { path } = open;
    return this.#queue.run(path, () => (open.path === path ? this.#attempt(open) : this.#inTurn(open)));
  }

  async #attempt(open: OpenConversation): Promise<void> {
    const { moves, onWritten, onFailed, logger } = this.#options;
    try {
      const written = await this.#slots.use(() => {
        this.#requested.delete(open);
        return writeFile(this.#options, open);
      });
      clearTimeout(this.#retries.get(open)?.timer);
      this.#retries.delete(open);
      if (written.outcome === "written") onWritten(open, written);
      if (written.outcome !== "moved") return;
      moves.moved(open, written.path);
      this.request(open);
    } catch (error) {
      logger.error("conversation not written", { path: open.path, error: String(error) });
      open.pending = latestOnly(open.pending);
      onFailed(open, error);
      this.#planRetry(open);
    }
  }

  #planRetry(open: OpenConversation): void {
    const before = this.#retries.get(open);
    clearTimeout(before?.timer);
    const ms = before === undefined ? firstRetryMs : Math.min(before.ms * 2, longestRetryMs);
    const timer = setTimeout(() => this.request(open), ms);
    timer.unref();
    this.#retries.set(open, { timer, ms });
  }
}
