/**
 * Loaded into a measured process with `--import`: on SIGUSR2 it writes the event loop's delays since the last signal (in
 * milliseconds, as JSON) to the file that FOLIO_BENCH_EVENT_LOOP names.
 */
import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const file = process.env["FOLIO_BENCH_EVENT_LOOP"];
if (file !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  process.on("SIGUSR2", () => {
    // The histogram holds the whole time between two of its ticks, the resolution included.
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const answer = { p50: late(delays.percentile(50)), p99: late(delays.percentile(99)), largest: late(delays.max) };
    delays.reset();
    writeFileSync(`${file}.new`, JSON.stringify(answer));
    renameSync(`${file}.new`, file);
  });
}
