import { isBlank } from "./scan-fragments.ts";

/**
 * Whether bytes are one JSON object (RFC 8259), without the exception that `JSON.parse` costs for each that is not: a
 * broken file may hold millions. That they are UTF-8 is not looked at.
 */
export function isJsonObject(bytes: Uint8Array, start: number, end: number): boolean {
  const check = new JsonCheck(bytes, end);
  return bytes[start] === 0x7b && check.value(start) === end;
}

/** Lives for one check; each method answers with the offset behind what it read, or -1. */
class JsonCheck {
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#end = end;
  }

  value(at: number): number {
    switch (this.#byte(at)) {
      case 0x7b:
        return this.#members(at, 0x7d, (index) => this.#member(index));
      case 0x5b:
        return this.#members(at, 0x5d, (index) => this.value(index));
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

  #members(at: number, close: number, member: (at: number) => number): number {
    let index = this.#skipBlank(at + 1);
    if (this.#byte(index) === close) return index + 1;
    while (index !== -1) {
      index = member(index);
      if (index === -1) return -1;
      index = this.#skipBlank(index);
      if (this.#byte(index) === close) return index + 1;
      if (this.#byte(index) !== 0x2c) return -1;
      index = this.#skipBlank(index + 1);
    }
    return -1;
  }

  #member(at: number): number {
    const key = this.#byte(at) === 0x22 ? this.#string(at) : -1;
    const colon = key === -1 ? -1 : this.#skipBlank(key);
    return this.#byte(colon) === 0x3a ? this.value(this.#skipBlank(colon + 1)) : -1;
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
    if (index === -1 || (this.#byte(index) | 0x20) !== 0x65) return index;
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
