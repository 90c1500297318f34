/** The process that asks for answers and watches them come: told what to do by the process that started it, as light as can be. */
import { largest, median, percentile } from "./figures.ts";
import { type Lane, type LaneResult, openLanes, type Target } from "./lanes.ts";
import { writePlan } from "./simulator-plan.ts";

export type LoadCommand =
  /** Short answers one after another on one lane. */
  | { readonly kind: "one-by-one"; readonly target: Target; readonly count: number; readonly tokens: number }
  /** Many answers side by side, all asked for within `spreadMs`. */
  | {
      readonly kind: "side-by-side";
      readonly target: Target;
      readonly streams: number;
      readonly tokens: number;
      readonly rate: number;
      readonly spreadMs: number;
      readonly eventStreams: "each" | "shared";
    };

export interface LoadResult {
  readonly lanes: readonly LaneResult[];
  /** Milliseconds from a token's sending to its reading here. */
  readonly lagMs: { readonly p50: number; readonly p99: number; readonly largest: number };
  /** From the first request to the last end. */
  readonly doneMs: number;
  readonly failures: readonly string[];
  /** What this process used itself while it watched. */
  readonly cpuSeconds: number;
}

/** Lanes that are open and wait for `go`, so that the making of conversations is not in the figures. */
interface Prepared {
  readonly go: () => Promise<LoadResult>;
}

async function prepare(command: LoadCommand): Promise<Prepared> {
  const lags: number[] = [];
  const onLag = (milliseconds: number) => void lags.push(milliseconds);
  const count = command.kind === "one-by-one" ? 1 : command.streams;
  const eventStreams = command.kind === "one-by-one" ? "each" : command.eventStreams;
  const lanes = await openLanes(command.target, { count, eventStreams, onLag });
  for (const lane of lanes) await lane.open();
  return {
    async go() {
      const begun = performance.now();
      const cpuBefore = process.cpuUsage();
      const settled = command.kind === "one-by-one" ? await oneByOne(lanes, command) : await sideBySide(lanes, command);
      const doneMs = performance.now() - begun;
      const cpu = process.cpuUsage(cpuBefore);
      for (const lane of lanes) lane.close();
      return {
        lanes: settled.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])),
        failures: settled.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : [])),
        lagMs: { p50: median(lags), p99: percentile(lags, 0.99), largest: largest(lags) },
        doneMs,
        cpuSeconds: (cpu.user + cpu.system) / 1e6,
      };
    },
  };
}

async function oneByOne(lanes: readonly Lane[], command: LoadCommand & { kind: "one-by-one" }) {
  const settled: PromiseSettledResult<LaneResult>[] = [];
  for (let index = 0; index < command.count; index += 1) {
    settled.push(...(await Promise.allSettled(lanes.map((lane) => lane.start(writePlan({ tokens: command.tokens }))))));
  }
  return settled;
}

async function sideBySide(lanes: readonly Lane[], command: LoadCommand & { kind: "side-by-side" }) {
  const model = writePlan(command);
  return Promise.allSettled(
    lanes.map(async (lane, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * command.spreadMs) / lanes.length));
      return lane.start(model);
    }),
  );
}

if (import.meta.main) {
  let prepared: Prepared | undefined;
  const answer = async (message: LoadCommand | { readonly kind: "go" }) => {
    if (message.kind !== "go") {
      prepared = await prepare(message);
      return { ready: true };
    }
    return prepared?.go();
  };
  process.on("message", (message: LoadCommand | { readonly kind: "go" }) => {
    answer(message).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
}
