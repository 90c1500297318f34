import type { Clock } from "../../platform/clock.ts";
import type { AppendDependencies } from "./append-entries.ts";
import type { LogHistory } from "./log-history.ts";
import type { HasRun } from "./log-items.ts";
import type { LogReader } from "./log-reader.ts";
import type { PendingEntries } from "./pending-entries.ts";

/** What reading and changing the log share. */
export interface LogParts extends AppendDependencies {
  readonly reader: LogReader;
  readonly pending: PendingEntries;
  readonly history: LogHistory;
  readonly clock: Clock;
  readonly newRunId: () => string;
  readonly hasRun: HasRun;
  /** Changes of this process go one after the other; other processes are met in the file. */
  readonly oneByOne: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export function createOneByOne(): LogParts["oneByOne"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
