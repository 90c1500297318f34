import { LINE_FEED } from "../../shared/chat-format/bytes.ts";

/** What is looked through (parsed as roster or board, linted, outlined): everybody else waits meanwhile. */
const mostParsedBytes = 1024 * 1024;
const mostParsedLines = 20_000;

export const tooLargeToParse = "Larger than 1 MB or 20,000 lines";

/** Whether a text is small enough to be looked through. */
export function isParsed(bytes: Uint8Array): boolean {
  if (bytes.length > mostParsedBytes) return false;
  let lines = 0;
  for (
    let at = bytes.indexOf(LINE_FEED);
    at !== -1 && lines <= mostParsedLines;
    at = bytes.indexOf(LINE_FEED, at + 1)
  ) {
    lines += 1;
  }
  return lines <= mostParsedLines;
}
