import { writeSync } from "node:fs";

const standardError = 2;

/**
 * One line of the log. What cannot be written is dropped: a log on a full disk, or one that nobody reads any more, must
 * not end what it tells of. Not the stream of Node: that is closed for good by its first error.
 */
export function writeLogLine(line: string): void {
  try {
    writeSync(standardError, line);
  } catch {
    // There is no place left to tell it.
  }
}

/**
 * Keeps the process when the reader of its output goes away, and when a fault comes up where no request and no run could
 * catch it: what others are writing goes on, and the log says what happened.
 */
export function keepProcess(tell: (message: string, error: unknown) => void): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.on("uncaughtException", (error) => tell("a fault that nothing caught", error));
  process.on("unhandledRejection", (error) => tell("a promise that nothing caught", error));
}
