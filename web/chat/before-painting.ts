const longestWaitMs = 200;
/** Growing text is shown at every second frame of a 60 Hz screen: the eye sees no difference, the page works half. */
const growthMs = 28;
const frameMs = 17;

export interface PaintingClock {
  readonly now: () => number;
  /** Calls back before the next painting, with its time. */
  readonly frame: (work: (at: number) => void) => void;
  /** Calls back after `ms`; the answer cancels it. */
  readonly later: (work: () => void, ms: number) => () => void;
}

export type BeforePainting = (work: () => void, after: "growth" | "change") => void;

/**
 * Runs work once, before the next painting. After work that showed growth (`after`), growth waits until that is 28 ms
 * ago; what comes later than that, as at the speed of most models, waits for nothing. A page in the background gets no
 * frames and goes on all the same.
 */
export function createBeforePainting({ now, frame, later }: PaintingClock): BeforePainting {
  let last = Number.NEGATIVE_INFINITY;
  return (work, after) => {
    const earliest = after === "growth" ? last + growthMs : Number.NEGATIVE_INFINITY;
    let isDone = false;
    const run = (at: number): void => {
      if (isDone) return;
      isDone = true;
      cancel();
      last = at;
      work();
    };
    const cancel = later(() => run(now()), longestWaitMs);
    const onFrame = (at: number): void => (at < earliest ? frame(onFrame) : run(at));
    const pause = earliest - frameMs - now();
    if (pause > 0) later(() => frame(onFrame), pause);
    else frame(onFrame);
  };
}

export const browserPaintingClock: PaintingClock = {
  now: () => performance.now(),
  frame: (work) => void requestAnimationFrame(work),
  later(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
