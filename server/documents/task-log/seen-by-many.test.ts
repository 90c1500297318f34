import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createLogHistory } from "./log-history.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import { openPrivateStore } from "./private-store.ts";
import { createSeenLogs, type SeenLogs } from "./seen-logs.ts";

let base: string;
let stores: { close(): Promise<void> }[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-seen-"));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await rm(base, { recursive: true });
});

/** What one process knows of the log; `beforeWrite` runs before the first time that it keeps what it saw. */
function historyOfProcess(beforeWrite: () => Promise<void> = async () => undefined) {
  const store = openPrivateStore(base);
  stores.push(store);
  const seenLogs = createSeenLogs(store);
  let isFirst = true;
  const write: SeenLogs["write"] = async (path, content) => {
    if (isFirst) {
      isFirst = false;
      await beforeWrite();
    }
    return seenLogs.write(path, content);
  };
  return createLogHistory({ seenLogs: { ...seenLogs, write }, clock: systemClock });
}

function logOf(...summaries: readonly string[]): OpenLog {
  const entries = summaries.map((summary, index) => ({ task_id: `task-${index}`, agent: "a", summary }));
  const bytes = Buffer.from(`${JSON.stringify(entries, undefined, 2)}\n`);
  return openLog({ path: ".codex/TASK-LOG.json", bytes, revision: summaries.join(), others: [] });
}

const stateOf = async (open: OpenLog) => (await historyOfProcess().look(open)).state;
const none = logOf("0");
const [first, second, third] = [logOf("0", "1"), logOf("0", "1", "2"), logOf("0", "1", "2", "3")];

test("who appended earlier and is slower does not put what it saw over what a later one saw", async () => {
  await historyOfProcess().acknowledge(none);
  const quick = historyOfProcess();
  const slow = historyOfProcess(() => quick.follow(second, third));
  await slow.follow(first, second);
  expect(await stateOf(third)).toBe("same");
});

test("who appended later and is slower puts what it saw over what an earlier one saw", async () => {
  await historyOfProcess().acknowledge(none);
  const quick = historyOfProcess();
  const slow = historyOfProcess(() => quick.follow(first, second));
  await slow.follow(second, third);
  expect(await stateOf(third)).toBe("same");
});

test("what a person takes for history counts, whatever another process has just seen", async () => {
  await historyOfProcess().acknowledge(third);
  const quick = historyOfProcess();
  const person = historyOfProcess(() => quick.acknowledge(second));
  await person.acknowledge(first);
  expect(await stateOf(first)).toBe("same");
});
