import type { Section } from "../bench-context.ts";
import type { EventLoopDelay, ServerProcess } from "../bench-processes.ts";
import { againstFloor, allOf, atMost, type Figure, told } from "../figure.ts";
import { percentile } from "../figures.ts";
import type { Target } from "../lanes.ts";
import type { LoadResult } from "../load-client.ts";
import { type Targets, withTargets } from "../targets.ts";

const TOKENS_PER_SECOND = 20;
/** All ask within this time, as after a reconnect: a wave, but not one instant. */
const SPREAD_MS = 100;

/** One load and what table P wants of it; what is left out is told for information. */
interface Load {
  readonly row: string;
  readonly count: number;
  readonly tokens: number;
  readonly cpuTimesFloor?: number;
  readonly doneInMs?: number;
  readonly lagP99Ms?: number;
  readonly memoryMb?: number;
  readonly delayP99Ms?: number;
}

const loads: readonly Load[] = [
  { row: "", count: 50, tokens: 120 },
  { row: "", count: 200, tokens: 120 },
  { row: "P-4", count: 500, tokens: 240, cpuTimesFloor: 1.5, doneInMs: 12_300, lagP99Ms: 50 },
  { row: "P-5", count: 1000, tokens: 240, lagP99Ms: 100, memoryMb: 400, delayP99Ms: 50 },
];
const QUICK_TOKENS = 80;
/** The load that is also measured with one event stream for all of it. */
const ONE_BROWSER = 200;

interface StreamsFigures {
  readonly complete: number;
  readonly result: LoadResult;
  readonly slowestMs: number;
  readonly cpuPer10k: number;
  readonly peakMemoryMb: number;
  readonly delays: EventLoopDelay | undefined;
  readonly simulatorLateMs: number;
}

async function lateness(simulator: ServerProcess): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${simulator.port}/lateness`);
  return ((await answer.json()) as { p99: number }).p99;
}

async function streams(
  targets: Targets,
  target: Target,
  server: ServerProcess,
  options: { readonly count: number; readonly tokens: number; readonly eventStreams: "each" | "shared" },
): Promise<StreamsFigures> {
  const go = await targets.load.prepare({
    kind: "side-by-side",
    target,
    streams: options.count,
    tokens: options.tokens,
    rate: TOKENS_PER_SECOND,
    spreadMs: SPREAD_MS,
    eventStreams: options.eventStreams,
  });
  await lateness(targets.simulator);
  await server.eventLoopDelay();
  server.meter.resetPeak();
  const before = server.meter.cpuSeconds();
  const result = await go();
  const cpuSeconds = server.meter.cpuSeconds() - before;
  return {
    complete: result.lanes.filter((lane) => lane.tokens === options.tokens).length,
    result,
    slowestMs: percentile(
      result.lanes.map((lane) => lane.doneMs),
      1,
    ),
    cpuPer10k: cpuSeconds / ((options.count * options.tokens) / 10_000),
    peakMemoryMb: server.meter.peakMemoryMb(),
    delays: await server.eventLoopDelay(),
    simulatorLateMs: await lateness(targets.simulator),
  };
}

/** Judged when there is a limit, told otherwise. */
function figure(
  load: Load,
  name: string,
  unit: string,
  limit: number | undefined,
  read: (figures: StreamsFigures) => number,
  { folio, floor }: { readonly folio: StreamsFigures; readonly floor?: StreamsFigures },
): Figure {
  const label = `${load.count}: ${name}`;
  const beside = floor && read(floor);
  return limit === undefined
    ? told("", label, read(folio), unit, beside)
    : atMost(load.row, label, read(folio), limit, unit, beside);
}

function figuresOf(load: Load, both: { readonly folio: StreamsFigures; readonly floor?: StreamsFigures }): Figure[] {
  const { folio, floor } = both;
  const cpuLabel = `${load.count}: CPU per 10k tokens`;
  const seconds = load.tokens / TOKENS_PER_SECOND;
  return [
    allOf(load.row, `${load.count}: complete`, folio.complete, load.count, floor?.complete),
    floor && load.cpuTimesFloor
      ? againstFloor(load.row, cpuLabel, folio.cpuPer10k, floor.cpuPer10k, "s", { most: load.cpuTimesFloor })
      : told("", cpuLabel, folio.cpuPer10k, "s", floor?.cpuPer10k),
    figure(load, `done in (${seconds} s of tokens)`, "ms", load.doneInMs, ({ result }) => result.doneMs, both),
    figure(load, "slowest, from asking to done", "ms", undefined, ({ slowestMs }) => slowestMs, both),
    figure(load, "lag p50", "ms", undefined, ({ result }) => result.lagMs.p50, both),
    figure(load, "lag p99", "ms", load.lagP99Ms, ({ result }) => result.lagMs.p99, both),
    figure(load, "memory at most", "MB", load.memoryMb, ({ peakMemoryMb }) => peakMemoryMb, both),
    figure(load, "event-loop delay p99", "ms", load.delayP99Ms, ({ delays }) => delays?.p99 ?? Number.NaN, both),
    figure(load, "acknowledged p99, all at once", "ms", undefined, ({ result }) => acknowledgedP99(result), { folio }),
    figure(load, "simulator's own lateness p99", "ms", undefined, ({ simulatorLateMs }) => simulatorLateMs, both),
  ];
}

const acknowledgedP99 = (result: LoadResult): number =>
  percentile(
    result.lanes.map((lane) => lane.acknowledgedMs ?? Number.NaN),
    0.99,
  );

/** A quick run has fewer tokens, so it is done sooner by as much. */
const shortened = (load: Load): Load => ({
  ...load,
  tokens: QUICK_TOKENS,
  ...(load.doneInMs && { doneInMs: load.doneInMs - ((load.tokens - QUICK_TOKENS) / TOKENS_PER_SECOND) * 1000 }),
});

export const manyStreams: Section = {
  name: "streams",
  title: "50 to 1,000 answers at once, 20 tokens a second each",
  async measure(context) {
    const { isQuick, say } = context;
    const figures: Figure[] = [];
    for (const load of isQuick ? loads.map(shortened) : loads) {
      await withTargets(context, async (targets) => {
        say(`${load.count} streams through the floor`);
        const floor = await streams(targets, targets.target.floor, targets.floor, { ...load, eventStreams: "each" });
        say(`${load.count} streams through Folio`);
        const folio = await streams(targets, targets.target.folio, targets.folio, { ...load, eventStreams: "each" });
        for (const failure of new Set(folio.result.failures)) say(failure);
        figures.push(...figuresOf(load, { folio, floor }));
        if (load.count !== ONE_BROWSER) return;
        say(`${load.count} streams through Folio, one event stream for all`);
        const one = await streams(targets, targets.target.folio, targets.folio, { ...load, eventStreams: "shared" });
        figures.push(
          ...figuresOf(load, { folio: one }).map((line) => ({ ...line, name: `one browser, ${line.name}` })),
        );
      });
    }
    return figures;
  },
};
