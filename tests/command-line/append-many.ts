/** `node append-many.ts WORKSPACE DATA COUNT NAME`: that many entries, one after the other, as one process of many. */
import { join } from "node:path";
import { createTaskLog } from "../../server/documents/task-log/task-log-service.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { createLogger } from "../../server/platform/logger.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import { newUlid } from "../../server/platform/ulid.ts";

const [root = "", data = "", count = "1", name = ""] = process.argv.slice(2);
const store = openFolderStore({ root, locksDirectory: join(data, "locks") });
const log = createTaskLog({
  ...{ store, dataDirectory: join(data, "own"), clock: systemClock, newRunId: () => newUlid() },
  onChanged: () => undefined,
  logger: createLogger("error", (line) => process.stderr.write(line)),
});
for (let number = 1; number <= Number(count); number += 1) {
  await log.append({ agent: name, summary: `${name} ${number}`, outputFiles: [] });
}
await log.close();
await store.close();
