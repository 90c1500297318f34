import { releaseLine } from "./journal-line.ts";
import type { JournalWriter } from "./journal-writer.ts";
import type { SegmentLedger } from "./segment-ledger.ts";

/** A line that waits for the next commit. */
export interface WaitingLine {
  readonly key: string;
  readonly number: number;
  readonly line: string;
  /** Missing when nobody waits for it: then a failed line is tried again. */
  readonly settle?: { readonly resolve: (number: number) => void; readonly reject: (error: unknown) => void };
}

export interface GroupCommitOptions {
  readonly writer: JournalWriter;
  readonly ledger: SegmentLedger;
  /** How long to wait before lines that failed are tried again. */
  readonly retryMs: number;
}

/** A release is not urgent: it goes along with the next commit, or is written when none came for this long. */
const RELEASE_DELAY_MS = 1_000;

/** Gathers lines while one write and sync is under way, so that all of them share the next one. */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #waiting: WaitingLine[] = [];
  #size = 0;
  #releases = new Map<string, number>();
  #running: Promise<void> | undefined;
  #isWanted = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #isClosed = false;
  #failure: unknown;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  /** Characters that wait. */
  get size(): number {
    return this.#size;
  }

  add(line: WaitingLine, maxDelayMs: number): void {
    if (this.#isClosed) throw new Error("The journal is closed.");
    this.#waiting.push(line);
    this.#size += line.line.length;
    if (maxDelayMs === 0) void this.#commitNow();
    else this.#wakeIn(maxDelayMs);
  }

  release(key: string, number: number): void {
    const released = this.#options.ledger.release(key, number);
    if (released === undefined) return;
    this.#releases.set(key, released);
    if (!this.#isClosed) this.#wakeIn(RELEASE_DELAY_MS);
  }

  /** Commits what waits. Rejects when lines that nobody waited for could not be written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#commitNow();
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) throw this.#failure;
  }

  #commitNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.#isWanted = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    // Whoever appends in the same turn shares the first commit too.
    await Promise.resolve();
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#commit();
    }
    this.#running = undefined;
  }

  /** Never rejects: a failure is told to those who wait. */
  async #commit(): Promise<void> {
    const { ledger, writer } = this.#options;
    const released = this.#releases;
    // What was released before it was written need not be written.
    const batch = this.#waiting.filter(({ settle, key, number }) => settle !== undefined || ledger.isLive(key, number));
    this.#waiting = [];
    this.#size = 0;
    this.#releases = new Map();
    if (batch.length + released.size === 0) return;
    const lines = batch.map(({ line }) => line);
    for (const [key, number] of released) lines.push(releaseLine(key, number));
    try {
      const entries = batch.map(({ key, number, line }) => ({ key, number, size: line.length }));
      await writer.write(Buffer.from(lines.join("")), entries);
    } catch (error) {
      this.#keep(batch, released);
      this.#failure = error;
      for (const { settle } of batch) settle?.reject(error);
      return;
    }
    for (const { settle, number } of batch) settle?.resolve(number);
    await writer.tidy({ isWaiting: this.#waiting.length > 0, hasReleased: released.size > 0 });
  }

  #keep(batch: readonly WaitingLine[], released: ReadonlyMap<string, number>): void {
    this.#releases = new Map([...released, ...this.#releases]);
    this.#waiting = [...batch.filter(({ settle }) => settle === undefined), ...this.#waiting];
    this.#size = this.#waiting.reduce((sum, { line }) => sum + line.length, 0);
    if (!this.#isClosed) this.#wakeIn(this.#options.retryMs);
  }

  #wakeIn(delay: number): void {
    const at = performance.now() + delay;
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => void this.#commitNow(), delay);
  }
}
