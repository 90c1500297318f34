import { unlink } from "node:fs/promises";
import { errorCode, isDiskFull, whenThere } from "../store/error-code.ts";
import { type JournalReserve, journalReserve } from "./journal-reserve.ts";
import { beginSegment, type JournalSegment, segmentPath } from "./journal-segment.ts";
import { liveLines } from "./live-lines.ts";
import type { RecoveredJournal } from "./recover-journal.ts";
import type { SegmentLedger, WrittenEntry } from "./segment-ledger.ts";

/** `full`: appends fail; `reserve-used`: they work, but nothing is set aside for the next full disk. */
export type JournalSpace = "ok" | "reserve-used" | "full";

export interface JournalWriterOptions {
  readonly directory: string;
  readonly segmentBytes: number;
  readonly reserveBytes: number;
  readonly retryMs: number;
  readonly onSpace: (space: JournalSpace) => void;
  readonly onProblem: (problem: string) => void;
  readonly recovered: RecoveredJournal;
}

/** So many segments may lie there before live entries are copied forward to let the old ones go. */
const MOST_SEGMENTS = 4;

/** Writes the journal's segments. One call of `write` or `tidy` at a time. */
export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #ledger: SegmentLedger;
  readonly #reserve: JournalReserve;
  /** Where the lines that count end, by segment; those that are not written any more. */
  readonly #ends: Map<number, number>;
  #current: JournalSegment | undefined;
  #nextSegment: number;
  #nextNumber: number;
  #hasBegun = false;
  #space: JournalSpace = "ok";
  #refill: NodeJS.Timeout | undefined;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#ledger = options.recovered.ledger;
    this.#ends = new Map(options.recovered.ends);
    this.#nextSegment = options.recovered.nextSegment;
    this.#nextNumber = options.recovered.next;
    this.#reserve = journalReserve(options.directory, options.reserveBytes);
  }

  /** Sets the reserve aside. A disk without room for it is no reason not to start. */
  async prepare(): Promise<void> {
    if (!(await this.#reserve.make())) this.#setSpace("reserve-used");
  }

  get space(): JournalSpace {
    return this.#space;
  }

  /** Durable when it resolves; rejects with the system's error, then nothing of it counts. */
  async write(bytes: Uint8Array, entries: readonly WrittenEntry[]): Promise<void> {
    try {
      await this.#writeOnce(bytes).catch((error: unknown) => this.#rescue(bytes, error));
    } catch (error) {
      if (isDiskFull(error)) this.#setSpace("full");
      throw error;
    }
    if (this.#space === "full") this.#setSpace("reserve-used");
    for (const { key, number, size } of entries) {
      this.#ledger.add(key, number, size);
      this.#nextNumber = Math.max(this.#nextNumber, number + 1);
    }
  }

  /** Closes a segment that is large, removes those of which nothing is wanted, rewrites the wasteful. Never rejects. */
  async tidy(now: { readonly isWaiting: boolean; readonly hasReleased: boolean }): Promise<void> {
    try {
      const isLarge = (this.#current?.bytes() ?? 0) >= this.#options.segmentBytes;
      if (isLarge) await this.#begin();
      if (this.#hasBegun || now.hasReleased) await this.#removeDead(now.isWaiting);
      this.#hasBegun = false;
      if (isLarge) await this.#compact(now.isWaiting);
    } catch (error) {
      // What is written stays written: the journal is only larger than it need be.
      this.#options.onProblem(`The journal could not be tidied (${errorCode(error)}).`);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#refill);
    await this.#current?.close();
  }

  async #writeOnce(bytes: Uint8Array): Promise<void> {
    const segment = this.#current?.isSound() ? this.#current : await this.#begin();
    await segment.append(bytes);
  }

  /** A full disk gets the reserve, any other failure a new file: one more try each. */
  async #rescue(bytes: Uint8Array, error: unknown): Promise<void> {
    if (!isDiskFull(error)) {
      this.#options.onProblem(`The journal's file failed (${errorCode(error)}); the same lines go to a new one.`);
      await this.#begin();
      return this.#writeOnce(bytes);
    }
    if (!(await this.#reserve.give())) throw error;
    this.#setSpace("reserve-used");
    return this.#writeOnce(bytes);
  }

  async #begin(): Promise<JournalSegment> {
    const left = this.#current;
    const isGivenUp = left !== undefined && !left.isSound();
    const opening = { segment: this.#nextSegment, next: this.#nextNumber };
    this.#nextSegment += 1;
    const begun = await beginSegment(
      this.#options.directory,
      isGivenUp ? { ...opening, abandoned: { segment: left.segment, bytes: left.bytes() } } : opening,
    );
    this.#current = begun;
    this.#hasBegun = true;
    this.#ledger.begin(begun.segment);
    if (left === undefined) return begun;
    this.#ends.set(left.segment, left.bytes());
    // Its bytes are on disk or given up; a failing close changes neither.
    await left.close().catch(() => undefined);
    return begun;
  }

  async #removeDead(isWaiting: boolean): Promise<void> {
    for (;;) {
      const dead = this.#ledger.deadOldest();
      if (dead === undefined) return;
      await this.#remove(dead, isWaiting);
    }
  }

  /** Lets go of the oldest segment by copying what is wanted of it to the newest. */
  async #compact(isWaiting: boolean): Promise<void> {
    const oldest = this.#ledger.wastefulOldest(MOST_SEGMENTS * this.#options.segmentBytes);
    if (oldest === undefined) return;
    const path = segmentPath(this.#options.directory, oldest);
    const live = await liveLines(path, { ledger: this.#ledger, end: this.#ends.get(oldest) ?? 0 });
    await this.write(live.bytes, live.entries);
    await this.#remove(oldest, isWaiting);
  }

  async #remove(segment: number, isWaiting: boolean): Promise<void> {
    await whenThere(unlink(segmentPath(this.#options.directory, segment)));
    this.#ledger.remove(segment, { isWaiting });
    this.#ends.delete(segment);
  }

  #setSpace(space: JournalSpace): void {
    if (space !== "ok") {
      this.#refill ??= setInterval(() => void this.#takeReserve(), this.#options.retryMs).unref();
    }
    if (space === this.#space) return;
    this.#space = space;
    this.#options.onSpace(space);
  }

  async #takeReserve(): Promise<void> {
    if (!(await this.#reserve.make())) return;
    clearInterval(this.#refill);
    this.#refill = undefined;
    this.#setSpace("ok");
  }
}
