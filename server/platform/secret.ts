/** A key or token that does not print: only `reveal()` gives the value, everything else gives its ending. */
import { inspect } from "node:util";

export interface Secret {
  /** The value itself. Call it only where the value leaves for the server it belongs to, or to be encrypted. */
  reveal(): string;
  /** The last four characters, for a person to recognise it by; absent when the secret is too short to show a part of it. */
  readonly ending?: string;
  toString(): string;
  toJSON(): string;
}

/** From this length on, four characters give nothing away that helps to guess the rest. */
const shortestWithEnding = 12;

/** Wraps `value` so that logs, JSON, templates and `console.log` show "…last4" or "[secret]". */
export function createSecret(value: string): Secret {
  const ending = value.length >= shortestWithEnding ? value.slice(-4) : undefined;
  const shown = ending === undefined ? "[secret]" : `…${ending}`;
  const secret = {
    reveal: () => value,
    toString: () => shown,
    toJSON: () => shown,
    ...(ending === undefined ? {} : { ending }),
  };
  Object.defineProperty(secret, inspect.custom, { value: () => shown, enumerable: false });
  return Object.freeze(secret);
}
