/**
 * A token that says when it was sent: `^` and seven base-36 digits, the wall clock in units of 10 µs modulo 36^7
 * (nine days). All processes of a run share one machine, so the reader's clock minus the stamp is the lag.
 */
const DIGITS = 7;
const UNITS_PER_MS = 100;
const RANGE = 36 ** DIGITS;
const MARK = "^";

/** Milliseconds since 1970 with a sub-millisecond part. */
export const wallClock = (): number => performance.timeOrigin + performance.now();

const stampUnits = (milliseconds: number): number => Math.floor(milliseconds * UNITS_PER_MS) % RANGE;

/** Eight characters, no space, nothing that Markdown or JSON would escape. */
export function writeStamp(milliseconds: number): string {
  return MARK + stampUnits(milliseconds).toString(36).padStart(DIGITS, "0");
}

/**
 * Calls `onLag` with milliseconds from sending to `now` for each stamp in `text`; returns how many there were.
 * Runs for every token of a measurement, so it reads digits by hand.
 */
export function readStamps(text: string, now: number, onLag: (milliseconds: number) => void): number {
  const nowUnits = stampUnits(now);
  let count = 0;
  for (let mark = text.indexOf(MARK); mark !== -1; mark = text.indexOf(MARK, mark + DIGITS + 1)) {
    if (mark + DIGITS >= text.length) break;
    let units = 0;
    for (let index = mark + 1; index <= mark + DIGITS; index += 1) {
      const code = text.charCodeAt(index);
      units = units * 36 + (code < 58 ? code - 48 : code - 87);
    }
    count += 1;
    onLag((nowUnits - units) / UNITS_PER_MS);
  }
  return count;
}
