import { isBlank } from "./scan-fragments.ts";

/** What is known of an object that is valid JSON without parsing it. */
export type CheckedObject = {
  /** Members directly inside; of equal keys each counts. */
  readonly members: number;
  /** Whether it holds objects, or numbers that `JSON.parse` may not hold exactly. */
  readonly needsExactness: boolean;
};

/** Every integer of fewer digits is exact as a number. */
const SAFE_DIGITS = 15;

/**
 * Makes the check whether a span of bytes is one JSON object (RFC 8259), without the exception that `JSON.parse` costs
 * for each that is not: a broken file may hold millions. That it is UTF-8 is not looked at, nor that it nests too deep.
 */
export function createObjectCheck(bytes: Uint8Array): (start: number, end: number) => CheckedObject | undefined {
  const check = new JsonCheck(bytes);
  return (start, end) => check.checkObject(start, end);
}

/** Each private method answers with the offset behind what it read, or -1. */
class JsonCheck {
  readonly #bytes: Uint8Array;
  #end = 0;
  /** Of the object that ended last, which is the outermost in the end. */
  #membersOfLast = 0;
  #needsExactness = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  checkObject(start: number, end: number): CheckedObject | undefined {
    this.#end = end;
    this.#needsExactness = false;
    if (this.#object(start) !== end) return undefined;
    return { members: this.#membersOfLast, needsExactness: this.#needsExactness };
  }

  #object(at: number): number {
    let index = this.#skipBlank(at + 1);
    this.#membersOfLast = 0;
    if (this.#byte(index) === 0x7d) return index + 1;
    for (let members = 1; index !== -1; members++) {
      index = this.#member(index);
      index = index === -1 ? -1 : this.#skipBlank(index);
      this.#membersOfLast = members;
      if (this.#byte(index) === 0x7d) return index + 1;
      index = this.#byte(index) === 0x2c ? this.#skipBlank(index + 1) : -1;
    }
    return -1;
  }

  #array(at: number): number {
    let index = this.#skipBlank(at + 1);
    if (this.#byte(index) === 0x5d) return index + 1;
    while (index !== -1) {
      index = this.#value(index);
      index = index === -1 ? -1 : this.#skipBlank(index);
      if (this.#byte(index) === 0x5d) return index + 1;
      index = this.#byte(index) === 0x2c ? this.#skipBlank(index + 1) : -1;
    }
    return -1;
  }

  #value(at: number): number {
    switch (this.#byte(at)) {
      case 0x7b:
        this.#needsExactness = true;
        return this.#object(at);
      case 0x5b:
        return this.#array(at);
      case 0x22:
        return this.#string(at);
      case 0x74:
        return this.#word(at, "true");
      case 0x66:
        return this.#word(at, "false");
      case 0x6e:
        return this.#word(at, "null");
      default:
        return this.#number(at);
    }
  }

  #member(at: number): number {
    const key = this.#byte(at) === 0x22 ? this.#string(at) : -1;
    const colon = key === -1 ? -1 : this.#skipBlank(key);
    return this.#byte(colon) === 0x3a ? this.#value(this.#skipBlank(colon + 1)) : -1;
  }

  #string(at: number): number {
    for (let index = at + 1; index < this.#end; index++) {
      const byte = this.#bytes[index] as number;
      if (byte === 0x22) return index + 1;
      if (byte < 0x20) return -1;
      if (byte === 0x5c) index = this.#escape(index);
      if (index === -1) return -1;
    }
    return -1;
  }

  /** The offset of the last byte of an escape. */
  #escape(at: number): number {
    const letter = String.fromCharCode(this.#byte(at + 1));
    if (letter !== "u") return '"\\/bfnrt'.includes(letter) ? at + 1 : -1;
    for (let digit = at + 2; digit < at + 6; digit++) if (!isHexDigit(this.#byte(digit))) return -1;
    return at + 5;
  }

  #word(at: number, word: string): number {
    for (let index = 0; index < word.length; index++) if (this.#byte(at + index) !== word.charCodeAt(index)) return -1;
    return at + word.length;
  }

  #number(at: number): number {
    const integer = this.#byte(at) === 0x2d ? at + 1 : at;
    let index = this.#byte(integer) === 0x30 ? integer + 1 : this.#digits(integer);
    if (index !== -1 && this.#byte(index) === 0x2e) index = this.#digits(index + 1);
    if (index - at > SAFE_DIGITS) this.#needsExactness = true;
    if (index === -1 || (this.#byte(index) | 0x20) !== 0x65) return index;
    this.#needsExactness = true;
    const sign = this.#byte(index + 1);
    return this.#digits(sign === 0x2b || sign === 0x2d ? index + 2 : index + 1);
  }

  /** One digit at least. */
  #digits(at: number): number {
    let index = at;
    while (isDigit(this.#byte(index))) index++;
    return index === at ? -1 : index;
  }

  #skipBlank(at: number): number {
    let index = at;
    while (isBlank(this.#byte(index))) index++;
    return index;
  }

  /** 0, which is nowhere in JSON, behind the end. */
  #byte(at: number): number {
    return at >= 0 && at < this.#end ? (this.#bytes[at] as number) : 0;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
