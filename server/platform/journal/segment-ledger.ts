/** What is written of an entry, for the ledger. */
export interface WrittenEntry {
  readonly key: string;
  readonly number: number;
  readonly size: number;
}

interface KeyInSegment {
  last: number;
  bytes: number;
}

interface LedgerSegment {
  readonly segment: number;
  bytes: number;
  readonly keys: Map<string, KeyInSegment>;
}

/** What each file of the journal still holds that is wanted: which files can go, and which are worth rewriting. */
export class SegmentLedger {
  readonly #segments: LedgerSegment[] = [];
  readonly #released = new Map<string, number>();
  readonly #given = new Map<string, number>();

  /** The segment that `add` speaks of from now on. */
  begin(segment: number): void {
    this.#segments.push({ segment, bytes: 0, keys: new Map() });
  }

  /** A number that was given out and is not in a segment yet. */
  expect(key: string, number: number): void {
    this.#given.set(key, Math.max(number, this.#given.get(key) ?? 0));
  }

  add(key: string, number: number, bytes: number): void {
    const segment = this.#segments.at(-1);
    if (segment === undefined) return;
    this.expect(key, number);
    segment.bytes += bytes;
    const known = segment.keys.get(key) ?? { last: 0, bytes: 0 };
    segment.keys.set(key, { last: Math.max(known.last, number), bytes: known.bytes + bytes });
  }

  /** Returns what is released now; undefined when the journal knows nothing of the key. What was never given out is not released. */
  release(key: string, number: number): number | undefined {
    const last = this.#given.get(key);
    if (last === undefined) return undefined;
    const released = Math.max(Math.min(number, last), this.#released.get(key) ?? 0);
    this.#released.set(key, released);
    return released;
  }

  isLive(key: string, number: number): boolean {
    return number > (this.#released.get(key) ?? 0);
  }

  /** The oldest closed segment, when nothing in it is wanted any more. */
  deadOldest(): number | undefined {
    const oldest = this.#oldestClosed();
    if (oldest === undefined) return undefined;
    for (const [key, { last }] of oldest.keys) if (this.isLive(key, last)) return undefined;
    return oldest.segment;
  }

  /** The oldest closed segment, when the files are together over `mostBytes` and twice what is wanted of them. */
  wastefulOldest(mostBytes: number): number | undefined {
    const total = this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= mostBytes) return undefined;
    const wanted = this.#segments.reduce((sum, segment) => sum + this.#wantedBytes(segment), 0);
    return total > 2 * wanted ? this.#oldestClosed()?.segment : undefined;
  }

  /** Forgets a segment whose file is gone; also keys of which nothing is left, unless entries still wait. */
  remove(segment: number, options: { readonly isWaiting: boolean }): void {
    const index = this.#segments.findIndex((one) => one.segment === segment);
    if (index !== -1) this.#segments.splice(index, 1);
    if (options.isWaiting) return;
    for (const key of this.#given.keys()) {
      if (this.#segments.some(({ keys }) => keys.has(key))) continue;
      this.#given.delete(key);
      this.#released.delete(key);
    }
  }

  /** The newest segment is being written: it stays. */
  #oldestClosed(): LedgerSegment | undefined {
    return this.#segments.length > 1 ? this.#segments[0] : undefined;
  }

  #wantedBytes(segment: LedgerSegment): number {
    let wanted = 0;
    for (const [key, { last, bytes }] of segment.keys) if (this.isLive(key, last)) wanted += bytes;
    return wanted;
  }
}
