import { directionOf } from "../direction.ts";

/** Blocks of Unicode that hold right-to-left scripts; a text without any need not be counted letter by letter. */
const mayBeRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** The `dir` of a block: none when its text has no letters, so that it keeps the direction around it. */
export function blockDirection(text: string): "ltr" | "rtl" | undefined {
  if (!mayBeRightToLeft.test(text)) return /\p{L}/u.test(text) ? "ltr" : undefined;
  const direction = directionOf(text);
  return direction === "auto" ? undefined : direction;
}
