import type { Section } from "../bench-context.ts";
import type { ServerProcess } from "../bench-processes.ts";
import { againstFloor, type Figure, told } from "../figure.ts";
import { median, percentile } from "../figures.ts";
import type { Target } from "../lanes.ts";
import { type Targets, withTargets } from "../targets.ts";

/** About the longest answer that models give. */
const FAST_TOKENS = 20_000;

interface FastStream {
  readonly tokensPerSecond: number;
  readonly cpuPer10k: number;
}

async function timesToFirst(targets: Targets, target: Target, count: number): Promise<readonly number[]> {
  const go = await targets.load.prepare({ kind: "one-by-one", target, count, tokens: 20 });
  const { lanes, failures } = await go();
  if (failures.length > 0) throw new Error(failures[0]);
  return lanes.map((lane) => lane.toFirstMs);
}

async function fastStreams(
  targets: Targets,
  target: Target,
  server: ServerProcess,
  times: number,
): Promise<FastStream> {
  const speeds: number[] = [];
  let cpuSeconds = 0;
  for (let time = 0; time < times; time += 1) {
    const go = await targets.load.prepare({
      kind: "side-by-side",
      target,
      streams: 1,
      tokens: FAST_TOKENS,
      rate: Number.POSITIVE_INFINITY,
      spreadMs: 0,
      eventStreams: "each",
    });
    const before = server.meter.cpuSeconds();
    const { lanes, failures } = await go();
    cpuSeconds += server.meter.cpuSeconds() - before;
    const lane = lanes[0];
    if (lane?.tokens !== FAST_TOKENS) throw new Error(failures[0] ?? `${lane?.tokens} of ${FAST_TOKENS} tokens came`);
    speeds.push((FAST_TOKENS / (lane.doneMs - lane.toFirstMs)) * 1000);
  }
  return { tokensPerSecond: median(speeds), cpuPer10k: cpuSeconds / ((times * FAST_TOKENS) / 10_000) };
}

export const tokenPath: Section = {
  name: "token-path",
  title: "The token's way: time to first token and one fast stream",
  measure: (context) =>
    withTargets(context, async (targets): Promise<readonly Figure[]> => {
      const { simulator, floor, folio } = targets.target;
      const count = context.isQuick ? 40 : 150;
      const times = context.isQuick ? 3 : 8;
      for (const target of [simulator, floor, folio]) await timesToFirst(targets, target, 30);
      const direct = median(await timesToFirst(targets, simulator, count));
      const floorFirst = await timesToFirst(targets, floor, count);
      const folioFirst = await timesToFirst(targets, folio, count);
      await fastStreams(targets, floor, targets.floor, 2);
      await fastStreams(targets, folio, targets.folio, 2);
      const floorFast = await fastStreams(targets, floor, targets.floor, times);
      const folioFast = await fastStreams(targets, folio, targets.folio, times);
      const first = (row: string, name: string, share: number, most: number) => {
        const [value, base] = [percentile(folioFirst, share), percentile(floorFirst, share)];
        return [
          againstFloor(row, `time to first token, ${name}`, value, base, "ms", { most }),
          told(
            "",
            `… of it added to the upstream's own (${direct.toFixed(2)} ms)`,
            value - direct,
            "ms",
            base - direct,
          ),
        ];
      };
      return [
        ...first("P-1", "p50", 0.5, 1.5),
        ...first("P-1", "p95", 0.95, 2),
        againstFloor("P-2", "one fast stream", folioFast.tokensPerSecond, floorFast.tokensPerSecond, "tokens/s", {
          least: 0.5,
        }),
        againstFloor("P-3", "CPU per 10k tokens, one fast stream", folioFast.cpuPer10k, floorFast.cpuPer10k, "s", {
          most: 2,
        }),
      ];
    }),
};
