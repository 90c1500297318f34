import type { drawFormula as draw } from "./draw-formula.ts";

type Draw = typeof draw;

interface FormulaJob {
  readonly element: HTMLElement;
  readonly tex: string;
  readonly isDisplay: boolean;
  readonly signal: AbortSignal;
  readonly onDone: (isDrawn: boolean) => void;
}

export interface FormulaQueue {
  /** Draws at once while there is time in this moment, else when the browser is idle; the first waits for KaTeX. */
  draw(job: FormulaJob): void;
}

/** Drawing may take so much of each window; a page full of formulas stays usable while they appear. */
const sliceMilliseconds = 8;
const windowMilliseconds = 50;

export function createFormulaQueue(load: () => Promise<Draw>): FormulaQueue {
  const waiting: FormulaJob[] = [];
  let drawFormula: Draw | undefined;
  let isScheduled = false;
  let windowStart = 0;
  let spent = 0;

  function hasTime(): boolean {
    const now = performance.now();
    if (now - windowStart > windowMilliseconds) {
      windowStart = now;
      spent = 0;
    }
    return spent < sliceMilliseconds;
  }

  function drawNow(job: FormulaJob, draw: Draw): void {
    if (job.signal.aborted) return;
    const started = performance.now();
    const isDrawn = draw(job.element, job.tex, job);
    spent += performance.now() - started;
    job.onDone(isDrawn);
  }

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setTimeout(() => void work(), drawFormula === undefined ? 0 : windowMilliseconds);
  }

  async function work(): Promise<void> {
    drawFormula ??= await load();
    while (hasTime()) {
      const job = waiting.shift();
      if (job === undefined) break;
      drawNow(job, drawFormula);
    }
    isScheduled = false;
    schedule();
  }

  return {
    draw(job) {
      if (drawFormula !== undefined && waiting.length === 0 && hasTime()) return drawNow(job, drawFormula);
      waiting.push(job);
      schedule();
    },
  };
}
