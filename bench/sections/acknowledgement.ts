import type { Section } from "../bench-context.ts";
import { atMost, told } from "../figure.ts";
import { percentile } from "../figures.ts";
import { withTargets } from "../targets.ts";

export const acknowledgement: Section = {
  name: "acknowledgement",
  title: "A message acknowledged as saved (fsync included), one after another",
  measure: (context) =>
    withTargets(context, async ({ load, target }) => {
      const times: number[] = [];
      for (let conversation = 0; conversation < (context.isQuick ? 4 : 10); conversation += 1) {
        const go = await load.prepare({ kind: "one-by-one", target: target.folio, count: 30, tokens: 5 });
        times.push(...(await go()).lanes.map((lane) => lane.acknowledgedMs ?? Number.NaN));
      }
      return [
        told("", `acknowledged p50 (${times.length} messages)`, percentile(times, 0.5), "ms"),
        atMost("P-8", "acknowledged p95", percentile(times, 0.95), 25, "ms"),
        atMost("P-8", "acknowledged p99", percentile(times, 0.99), 100, "ms"),
      ];
    }),
};
