/** What a process has used, as Linux tells it. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const ticksPerSecond = (): number => Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })) || 100;

export interface ProcessMeter {
  /** User and system time of all its threads so far, in seconds, in steps of 10 ms. */
  readonly cpuSeconds: () => number;
  readonly memoryMb: () => number;
  readonly peakMemoryMb: () => number;
  /** From here on `peakMemoryMb` counts anew. */
  readonly resetPeak: () => void;
}

export function meterProcess(pid: number): ProcessMeter {
  const ticks = ticksPerSecond();
  const status = (field: string): number => {
    const line = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(line?.[1]) / 1024;
  };
  return {
    cpuSeconds() {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / ticks;
    },
    memoryMb: () => status("VmRSS"),
    peakMemoryMb: () => status("VmHWM"),
    resetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, "5"),
  };
}
