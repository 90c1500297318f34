/** Where the values of a JSON text stand, in one walk over its bytes; whether it is JSON at all, `JSON.parse` says. */

/** What a value is known by; spans are parallel lists, for a log has 50,000 of them. */
export type ScannedValues = {
  readonly starts: number[];
  readonly ends: number[];
  /** Colons directly inside the value: the members of an object, of which equal ones count twice. */
  readonly members: number[];
  /** Values that `JSON.parse` alone does not do justice to: they hold objects, or numbers of many digits. */
  readonly needsExactness: boolean[];
  /** A string with a colon behind it. */
  readonly isKey: boolean[];
  readonly deepest: number;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
/** Every integer of fewer digits is exact as a number. */
const SAFE_DIGITS = 15;

/** The values at `depth`: 0 those of the file, 1 those inside its one array or object. A string ends at a line feed. */
export function scanValues(bytes: Uint8Array, from: number, to: number, depth: 0 | 1): ScannedValues {
  const walk = new ValueWalk(bytes, to, depth);
  for (let index = from; index < to; ) index = walk.step(index);
  walk.endScalar(to);
  return walk.values;
}

/** The offset behind the string that starts at `index`. */
export function stringEnd(bytes: Uint8Array, index: number, to: number): number {
  for (let next = index + 1; next < to; next++) {
    const byte = bytes[next] as number;
    if (byte === QUOTE) return next + 1;
    if (byte === LINE_FEED) return next;
    if (byte === BACKSLASH && bytes[next + 1] !== LINE_FEED) next++;
  }
  return to;
}

/** Lives for one scan. */
class ValueWalk {
  readonly values = {
    ...{ starts: [] as number[], ends: [] as number[], members: [] as number[] },
    ...{ needsExactness: [] as boolean[], isKey: [] as boolean[], deepest: 0 },
  };
  readonly #bytes: Uint8Array;
  readonly #to: number;
  readonly #wanted: number;
  #depth = 0;
  #start = -1;
  #members = 0;
  #isExact = false;
  #digits = 0;

  constructor(bytes: Uint8Array, to: number, wanted: number) {
    this.#bytes = bytes;
    this.#to = to;
    this.#wanted = wanted;
  }

  /** Takes what stands at `index` and answers with the offset behind it. */
  step(index: number): number {
    const byte = this.#bytes[index] as number;
    switch (byte) {
      case QUOTE: {
        const end = stringEnd(this.#bytes, index, this.#to);
        if (this.#depth !== this.#wanted) return end;
        this.endScalar(index);
        this.#start = index;
        this.endScalar(end);
        return end;
      }
      case 0x7b: // {
      case 0x5b: // [
        this.#open(index, byte);
        return index + 1;
      case 0x7d: // }
      case 0x5d: // ]
        this.#close(index);
        return index + 1;
      case 0x3a: // :
        if (this.#depth === this.#wanted + 1) this.#members++;
        if (this.#depth === this.#wanted) this.#markKey(index);
        return index + 1;
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
      case 0x2c: // ,
        if (this.#start >= 0 && this.#depth === this.#wanted) this.endScalar(index);
        this.#digits = 0;
        return index + 1;
      default:
        this.#takeScalar(index, byte);
        return index + 1;
    }
  }

  endScalar(end: number): void {
    if (this.#start < 0) return;
    const { starts, ends, members, needsExactness, isKey } = this.values;
    starts.push(this.#start);
    ends.push(end);
    members.push(this.#members);
    needsExactness.push(this.#isExact);
    isKey.push(false);
    this.#start = -1;
    this.#members = 0;
    this.#isExact = false;
    this.#digits = 0;
  }

  #markKey(index: number): void {
    this.endScalar(index);
    const { isKey } = this.values;
    if (isKey.length > 0) isKey[isKey.length - 1] = true;
  }

  #open(index: number, byte: number): void {
    if (this.#depth === this.#wanted) {
      this.endScalar(index);
      this.#start = index;
    } else if (byte === 0x7b && this.#depth > this.#wanted) {
      this.#isExact = true;
    }
    this.#depth++;
    if (this.#depth > this.values.deepest) this.values.deepest = this.#depth;
    this.#digits = 0;
  }

  #close(index: number): void {
    this.#digits = 0;
    if (this.#depth === this.#wanted) this.endScalar(index);
    if (this.#depth > 0) this.#depth--;
    if (this.#depth === this.#wanted) this.endScalar(index + 1);
  }

  #takeScalar(index: number, byte: number): void {
    if (this.#depth === this.#wanted && this.#start < 0) this.#start = index;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const isExponent = this.#digits > 0 && (byte === 0x65 || byte === 0x45);
    if (isExponent || (isDigit && this.#digits >= SAFE_DIGITS)) this.#isExact = true;
    this.#digits = isDigit ? this.#digits + 1 : 0;
  }
}
