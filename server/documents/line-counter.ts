import { LINE_FEED } from "../../shared/chat-format/bytes.ts";

/** Gives the line in which a byte stands, from 1; for offsets that never go back, so that all of them take one pass. */
export function createLineCounter(bytes: Uint8Array): (offset: number) => number {
  let line = 1;
  let next = bytes.indexOf(LINE_FEED);
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      next = bytes.indexOf(LINE_FEED, next + 1);
    }
    return line;
  };
}
