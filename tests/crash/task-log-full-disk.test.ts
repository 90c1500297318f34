/** The log and the inbox on a disk without room. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createInbox } from "../../server/documents/inbox/inbox.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { createLogger } from "../../server/platform/logger.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import { openScenarioLog } from "./open-scenario-log.ts";
import { canMountDisks, fillDisk, mountDisk } from "./small-disk.ts";

let base: string;
let disk: string;

const isPossible = canMountDisks("Full disks of the task log");

const asked = { agent: "a", summary: "Did it.", outputFiles: [] };
const old = `${JSON.stringify(
  Array.from({ length: 2_000 }, (_, index) => ({ task_id: `task-${index}`, summary: "Something that was done." })),
)}\n`;

describe.skipIf(!isPossible)("the task log on a full disk", () => {
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "folio-full-log-"));
    disk = join(base, "disk");
    mkdirSync(disk);
  });
  afterEach(() => {
    execFileSync("umount", [disk]);
    rmSync(base, { recursive: true });
  });

  test("of the folder: the log keeps what it held, the failure says so, and all works when there is room", async () => {
    mountDisk(disk, "size=1m");
    const folder = join(disk, "workspace");
    const path = join(folder, ".codex/TASK-LOG.json");
    mkdirSync(join(folder, ".codex"), { recursive: true });
    mkdirSync(join(folder, "codex-inbox"));
    writeFileSync(path, old);
    writeFileSync(join(folder, "codex-inbox/a.json"), '{"agent":"codex","summary":"Waits for room."}');
    const filler = fillDisk(disk);
    const { log, close } = openScenarioLog(folder, join(base, "data"));
    await expect(log.append(asked)).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining("still has the content it had before"),
    });
    const inbox = createInbox({
      store: openFolderStore({ root: folder, locksDirectory: join(base, "data/locks") }),
      appendEntries: (entries) => log.appendEntries(entries),
      ...{ clock: systemClock, onChanged: () => undefined, logger: createLogger("silent", () => undefined) },
    });
    await inbox.scan();
    expect((await inbox.view()).refused).toEqual([{ file: "a.json", reason: expect.stringContaining("full") }]);
    expect(readFileSync(path, "utf8")).toBe(old);
    expect(readdirSync(join(folder, ".codex"))).toEqual(["TASK-LOG.json"]);
    truncateSync(filler);
    await log.append(asked);
    await inbox.scan();
    expect((await inbox.view()).refused).toEqual([]);
    const entries: { summary: string }[] = JSON.parse(readFileSync(path, "utf8"));
    expect(entries.slice(2_000).map(({ summary }) => summary)).toEqual(["Did it.", "Waits for room."]);
    await inbox.close();
    await close();
  });

  test("of the data: an entry is appended once though the copy of the log cannot be kept; what would wait is refused", async () => {
    mountDisk(disk, "size=200k");
    const folder = join(base, "workspace");
    const path = join(folder, ".codex/TASK-LOG.json");
    mkdirSync(join(folder, ".codex"), { recursive: true });
    mkdirSync(join(disk, "data/own"), { recursive: true });
    writeFileSync(path, old);
    const { log, close } = openScenarioLog(folder, join(disk, "data"));
    await log.open();
    const filler = fillDisk(disk);
    const outcome = await log.append(asked).then(
      () => "appended",
      (error: { code?: string }) => error.code,
    );
    // Without room for the lock itself nothing begins.
    const added = JSON.parse(readFileSync(path, "utf8")).length - 2_000;
    expect([outcome, added]).toEqual(outcome === "appended" ? ["appended", 1] : ["disk-full", 0]);
    writeFileSync(path, "[{");
    await expect(log.append(asked)).rejects.toMatchObject({ code: "disk-full" });
    expect(readFileSync(path, "utf8")).toBe("[{");
    truncateSync(filler);
    expect(await log.append(asked)).toMatchObject({ outcome: "pending" });
    await close();
  });
});
