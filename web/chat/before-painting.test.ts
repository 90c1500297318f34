import { expect, it } from "vitest";
import { createBeforePainting } from "./before-painting.ts";

const frameMs = 1000 / 60;

/** A screen of 60 Hz; `isInFront` false gives no frames, as a browser does for a page that nobody sees. */
function setUp({ isInFront = true } = {}) {
  let time = 0;
  let frames: ((at: number) => void)[] = [];
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  const beforePainting = createBeforePainting({
    now: () => time,
    frame: (work) => void frames.push(work),
    later(work, ms) {
      const timer = { at: time + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  const passTo = (end: number): void => {
    for (; time < end; time += 1) {
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { work } of due) work();
      if (!isInFront || Math.floor(time / frameMs) === Math.floor((time - 1) / frameMs)) continue;
      const now = frames;
      frames = [];
      for (const work of now) work(time);
    }
  };
  return { beforePainting, passTo, now: () => time };
}

it("shows what grows at every second frame, and loses none of it", () => {
  const { beforePainting, passTo, now } = setUp();
  const shown: number[] = [];
  let planned = false;
  for (let token = 0; token < 100; token += 1) {
    passTo(token * 10);
    if (planned) continue;
    planned = true;
    beforePainting(() => {
      planned = false;
      shown.push(now());
    }, "growth");
  }
  passTo(1100);
  expect(planned).toBe(false);
  const gaps = shown.slice(1).map((at, index) => at - (shown[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(28);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(50);
});

it("shows at the next frame what comes slowly, and every change that is more than growth", () => {
  const { beforePainting, passTo, now } = setUp();
  const shown: number[] = [];
  for (const at of [0, 60, 120]) {
    passTo(at);
    beforePainting(() => shown.push(now()), "growth");
  }
  passTo(140);
  beforePainting(() => shown.push(now()), "change");
  passTo(200);
  expect(shown.map((at, index) => at - ([0, 60, 120, 140][index] ?? 0)).every((wait) => wait <= 18)).toBe(true);
});

it("goes on, once, in a page that gets no frames", () => {
  const { beforePainting, passTo } = setUp({ isInFront: false });
  let times = 0;
  beforePainting(() => {
    times += 1;
  }, "growth");
  passTo(1000);
  expect(times).toBe(1);
});
