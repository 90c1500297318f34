/** Whether the log was rewritten since it was last seen. */
import type { LogHistoryView } from "../../../shared/task-log.ts";
import type { Clock } from "../../platform/clock.ts";

import type { OpenLog } from "./open-log.ts";
import type { SeenLogs } from "./seen-logs.ts";

export interface LogHistory {
  /** Compares with what was last seen, which then becomes what is there now, unless the log was rewritten. */
  compare(open: OpenLog): Promise<LogHistoryView>;
  /** After a write of our own: what was written is what was last seen, unless the log was rewritten before. */
  follow(before: OpenLog, now: OpenLog): Promise<void>;
  /** What is there now is as it should be. */
  acknowledge(open: OpenLog): Promise<void>;
}

export function createLogHistory(options: { readonly seenLogs: SeenLogs; readonly clock: Clock }): LogHistory {
  const { seenLogs, clock } = options;
  const store = async (open: OpenLog): Promise<void> => {
    const before = await seenLogs.read(open.path);
    await seenLogs.write(open.path, { bytes: open.bytes, length: open.log.seenLength }, before);
  };
  return {
    compare: async (open) => {
      await store(open);
      return { state: "same", checked: clock.now().toISOString() };
    },
    follow: (_before, now) => store(now),
    acknowledge: store,
  };
}
