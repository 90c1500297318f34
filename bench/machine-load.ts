/** How busy the machine was with things that are not this bench. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

interface Usage {
  readonly busyTicks: number;
  /** Of this process and all children that have ended. */
  readonly ownTicks: number;
  readonly at: number;
}

function usage(): Usage {
  const [, user, nice, system, , , irq, softirq] = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").split(
    /\s+/,
  );
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const sum = (values: readonly (string | undefined)[]) =>
    values.reduce((total, value) => total + Number(value ?? 0), 0);
  return {
    busyTicks: sum([user, nice, system, irq, softirq]),
    ownTicks: sum(fields.slice(11, 15)),
    at: performance.now(),
  };
}

/** Call the result when all processes started since have ended: cores that others used on average. */
export function watchCompetition(): () => number {
  const before = usage();
  return () => {
    const after = usage();
    const others = after.busyTicks - before.busyTicks - (after.ownTicks - before.ownTicks);
    // Both counts are in ticks of 10 ms on every Linux that Node runs on.
    return Math.min(cpus().length, Math.max(0, (others * 10) / (after.at - before.at)));
  };
}
