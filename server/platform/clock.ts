/** Time as an argument: `now` is the wall clock (it may jump), `monotonic` only ever grows (milliseconds). */
export interface Clock {
  now(): Date;
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};

/** RFC 3339 in UTC, whole seconds, as conversations write it. */
export function timestamp(clock: Clock): string {
  return clock
    .now()
    .toISOString()
    .replace(/\.\d{3}Z$/, "Z");
}
