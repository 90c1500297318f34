/** One timer for many streams: what is due lies in slots of 2 ms, so that 20,000 tokens a second cost 500 wake-ups. */
const SLOT_MS = 2;
const SLOTS = 8192;

export interface TimerWheel {
  /** Calls `task` once when `performance.now()` has reached `at`, at most 16 s ahead. */
  readonly schedule: (at: number, task: () => void) => void;
}

export function createTimerWheel(): TimerWheel {
  const slots: (() => void)[][] = Array.from({ length: SLOTS }, () => []);
  let waiting = 0;
  let done = Math.floor(performance.now() / SLOT_MS);
  let timer: NodeJS.Timeout | undefined;

  const turn = () => {
    timer = undefined;
    const reached = Math.floor(performance.now() / SLOT_MS);
    while (done < reached) {
      done += 1;
      const index = done % SLOTS;
      const due = slots[index];
      if (due === undefined || due.length === 0) continue;
      slots[index] = [];
      waiting -= due.length;
      for (const task of due) task();
    }
    start();
  };
  const start = () => {
    if (timer === undefined && waiting > 0) timer = setTimeout(turn, SLOT_MS);
  };

  return {
    schedule(at, task) {
      if (waiting === 0) done = Math.max(done, Math.floor(performance.now() / SLOT_MS));
      const slot = Math.max(done + 1, Math.ceil(at / SLOT_MS));
      slots[slot % SLOTS]?.push(task);
      waiting += 1;
      start();
    },
  };
}
