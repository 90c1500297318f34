import { setTimeout as pause } from "node:timers/promises";
import type { Section } from "../bench-context.ts";
import { startFolio } from "../bench-processes.ts";
import { atMost } from "../figure.ts";
import { median } from "../figures.ts";

/** Start-up work and the first collection of garbage are over by then. */
const SETTLE_MS = 5_000;

export const processFigures: Section = {
  name: "process",
  title: "The process: start, memory and CPU when nothing happens",
  async measure({ folder, server, isQuick, say }) {
    const ready: number[] = [];
    for (let time = 0; time < (isQuick ? 3 : 7); time += 1) {
      const folio = await startFolio({ folder, server });
      ready.push(folio.readyMs);
      await folio.stop();
    }
    say(`started ${ready.length} times: ${ready.map((value) => value.toFixed(0)).join(", ")} ms`);
    const folio = await startFolio({ folder, server });
    await pause(SETTLE_MS);
    const before = folio.meter.cpuSeconds();
    await pause(10_000);
    const idleCpu = folio.meter.cpuSeconds() - before;
    const memory = folio.meter.memoryMb();
    await folio.stop();
    return [
      atMost("P-6", "start to first 200", median(ready), 300, "ms"),
      atMost("P-6", "idle memory", memory, 110, "MB"),
      atMost("P-6", "idle CPU in 10 s", idleCpu, 0.02, "s"),
    ];
  },
};
