import { chmod } from "node:fs/promises";
import { makeDirectory } from "../store/durable-directory.ts";
import { GroupCommit, type WaitingLine } from "./group-commit.ts";
import type { Journal, JournalRecord } from "./journal.ts";
import { entryLine } from "./journal-line.ts";
import { type JournalSpace, JournalWriter } from "./journal-writer.ts";
import { recoverJournal } from "./recover-journal.ts";

export interface FolderJournalOptions {
  /** The journal's own directory in the app's data; made when missing. One process at a time. */
  readonly directory: string;
  /** How long `appendSoon` may wait; 200 ms when not given. */
  readonly maxDelayMs?: number;
  /** A file of the journal is closed at this size; 8 MB when not given. */
  readonly segmentBytes?: number;
  /** Room kept for a full disk; 4 MB when not given. */
  readonly reserveBytes?: number;
  /** How long to wait before a failed write of `appendSoon`, or the reserve, is tried again; 1 s when not given. */
  readonly retryMs?: number;
  /** Called when the room on the disk changes. */
  readonly onSpace?: (space: JournalSpace) => void;
  /** Told, for the log, of damage and of what was done about it. */
  readonly onProblem?: (problem: string) => void;
}

export interface FolderJournal extends Journal {
  space(): JournalSpace;
}

/** What may wait in memory while the disk takes nothing, in characters. */
const MOST_WAITING = 32 * 2 ** 20;

/**
 * Opens the journal in a directory and reads what it holds. Damage and a full disk never stop it; a directory that
 * cannot be made or read does.
 */
export async function openJournal(options: FolderJournalOptions): Promise<FolderJournal> {
  const { directory, maxDelayMs = 200, retryMs = 1_000 } = options;
  const { onProblem = () => undefined, onSpace = () => undefined } = options;
  const { segmentBytes = 8 * 2 ** 20, reserveBytes = 4 * 2 ** 20 } = options;
  await makeDirectory(directory, { mode: 0o700 });
  await chmod(directory, 0o700);
  const recovered = await recoverJournal(directory, onProblem);
  const { ledger } = recovered;
  const writer = new JournalWriter({ directory, segmentBytes, reserveBytes, retryMs, onSpace, onProblem, recovered });
  await writer.prepare();
  const commits = new GroupCommit({ writer, ledger, retryMs });
  let next = recovered.next;

  const numbered = (key: string, record: JournalRecord): WaitingLine => {
    const number = next;
    const line = entryLine(number, key, record);
    next += 1;
    ledger.expect(key, number);
    return { key, number, line };
  };

  return {
    recovered: () => recovered.entries,
    append: (key, record) =>
      new Promise((resolve, reject) => {
        commits.add({ ...numbered(key, record), settle: { resolve, reject } }, 0);
      }),
    appendSoon(key, record) {
      if (commits.size <= MOST_WAITING) commits.add(numbered(key, record), maxDelayMs);
      else onProblem("The disk takes nothing and too much waits for it: a part of an answer was not journalled.");
    },
    release: (key, number) => commits.release(key, number),
    next: () => next,
    space: () => writer.space,
    async close() {
      try {
        await commits.close();
      } finally {
        await writer.close();
      }
    },
  };
}
