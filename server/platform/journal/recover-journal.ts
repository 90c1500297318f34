/** Reads what a journal's files hold after a start. Damage never stops a start: what is whole is given back. */
import { constants, copyFile, readdir, readFile, truncate } from "node:fs/promises";
import { errorCode, whenThere } from "../store/error-code.ts";
import type { JournalEntry } from "./journal.ts";
import { type JournalLine, readLine } from "./journal-line.ts";
import { segmentNumber, segmentPath } from "./journal-segment.ts";
import { SegmentLedger } from "./segment-ledger.ts";

export interface RecoveredJournal {
  /** Not released, in the order of their numbers. */
  readonly entries: readonly JournalEntry[];
  readonly ledger: SegmentLedger;
  /** The number the next entry gets. */
  readonly next: number;
  /** The number the next segment gets. */
  readonly nextSegment: number;
  /** Where the lines that count end, by segment. */
  readonly ends: ReadonlyMap<number, number>;
}

/** One line of a segment and where it ends. */
interface PlacedLine {
  readonly line: JournalLine;
  readonly end: number;
  readonly length: number;
}

interface SegmentContent {
  readonly segment: number;
  readonly size: number;
  readonly lines: readonly PlacedLine[];
}

export async function recoverJournal(
  directory: string,
  onProblem: (problem: string) => void,
): Promise<RecoveredJournal> {
  const names = (await whenThere(readdir(directory))) ?? [];
  const numbers = names.map(segmentNumber).filter((number) => number !== undefined);
  const contents: SegmentContent[] = [];
  for (const number of numbers.sort((left, right) => left - right)) {
    contents.push(await readSegment(directory, number, onProblem));
  }
  return gather(contents);
}

function gather(contents: readonly SegmentContent[]): RecoveredJournal {
  const ends = endsOf(contents);
  const ledger = new SegmentLedger();
  const entries = new Map<number, JournalEntry>();
  let next = 1;
  for (const { segment, lines } of contents) {
    ledger.begin(segment);
    for (const { line, end, length } of lines) {
      next = Math.max(next, firstNumberAfter(line));
      if (end > (ends.get(segment) ?? 0)) continue;
      if (line.type === "release") ledger.release(line.key, line.number);
      if (line.type !== "entry") continue;
      entries.set(line.entry.number, line.entry);
      ledger.add(line.entry.key, line.entry.number, length);
    }
  }
  const live = [...entries.values()].filter((entry) => ledger.isLive(entry.key, entry.number));
  live.sort((left, right) => left.number - right.number);
  return { entries: live, ledger, next, nextSegment: (contents.at(-1)?.segment ?? 0) + 1, ends };
}

function endsOf(contents: readonly SegmentContent[]): Map<number, number> {
  const ends = new Map(contents.map(({ segment, size }) => [segment, size]));
  for (const { lines } of contents) {
    for (const { line } of lines) {
      if (line.type !== "opening" || line.opening.abandoned === undefined) continue;
      ends.set(line.opening.abandoned.segment, line.opening.abandoned.bytes);
    }
  }
  return ends;
}

function firstNumberAfter(line: JournalLine): number {
  if (line.type === "entry") return line.entry.number + 1;
  return line.type === "release" ? line.number + 1 : line.opening.next;
}

async function readSegment(
  directory: string,
  segment: number,
  onProblem: (problem: string) => void,
): Promise<SegmentContent> {
  const path = segmentPath(directory, segment);
  const bytes = await readOrReport(path, onProblem);
  const lines: PlacedLine[] = [];
  let goodEnd = 0;
  let isDamaged = false;
  for (let start = 0; start < bytes.byteLength; ) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.byteLength : feed + 1;
    const line = readLine(bytes, start, end);
    // A crash leaves half a last line, nothing else: a whole line that is wrong is damage.
    isDamaged ||= line === undefined && feed !== -1;
    if (line !== undefined) {
      lines.push({ line, end, length: end - start });
      goodEnd = end;
    }
    start = end;
  }
  if (isDamaged) await keepAside(path, onProblem);
  if (goodEnd < bytes.byteLength) await cutTail(path, goodEnd, onProblem);
  return { segment, size: goodEnd, lines };
}

async function readOrReport(path: string, onProblem: (problem: string) => void): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    onProblem(`The journal's file ${path} cannot be read (${errorCode(error)}). It was left as it is.`);
    return Buffer.alloc(0);
  }
}

/** Whole lines that are wrong come from no crash but from a failing disk or another program: kept for a closer look. */
async function keepAside(path: string, onProblem: (problem: string) => void): Promise<void> {
  try {
    await copyFile(path, `${path}.torn`, constants.COPYFILE_EXCL);
    onProblem(`The journal's file ${path} is damaged. Its whole lines were read; a copy is kept as ${path}.torn.`);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return;
    onProblem(`The journal's file ${path} is damaged and could not be copied (${errorCode(error)}).`);
  }
}

/** A line that a crash cut in half was never acknowledged. */
async function cutTail(path: string, end: number, onProblem: (problem: string) => void): Promise<void> {
  try {
    await truncate(path, end);
  } catch (error) {
    onProblem(`The journal's file ${path} ends in half a line that could not be cut off (${errorCode(error)}).`);
  }
}
