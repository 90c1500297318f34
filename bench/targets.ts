/** The simulator with the floor and Folio before it, as most sections need them. */
import type { BenchContext } from "./bench-context.ts";
import {
  type FolioProcess,
  type LoadClient,
  type ServerProcess,
  startFloor,
  startFolio,
  startLoadClient,
  startSimulator,
} from "./bench-processes.ts";
import type { Target } from "./lanes.ts";

export interface Targets {
  readonly simulator: ServerProcess;
  readonly floor: ServerProcess;
  readonly folio: FolioProcess;
  readonly load: LoadClient;
  readonly target: { readonly simulator: Target; readonly floor: Target; readonly folio: Target };
}

/** Starts all four, hands them to `measure`, and stops them whatever happens. */
export async function withTargets<Value>(
  context: BenchContext,
  measure: (targets: Targets) => Promise<Value>,
): Promise<Value> {
  await using stack = new AsyncDisposableStack();
  const simulator = await startSimulator(context.folder);
  stack.defer(simulator.stop);
  const floor = await startFloor(simulator.port, context.folder);
  stack.defer(floor.stop);
  const folio = await startFolio({ ...context, withProbe: true });
  stack.defer(folio.stop);
  const load = startLoadClient();
  stack.defer(load.stop);
  // Awaited here: what is deferred above happens when this function is left.
  return await measure({
    simulator,
    floor,
    folio,
    load,
    target: {
      simulator: { kind: "simulator", port: simulator.port },
      floor: { kind: "floor", port: floor.port },
      folio: { kind: "folio", ...(await folio.address(simulator.port)) },
    },
  });
}
