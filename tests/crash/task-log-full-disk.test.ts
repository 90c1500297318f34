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

let base: string;
let disk: string;

function mount(size: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function canMount(): boolean {
  disk = mkdtempSync(join(tmpdir(), "folio-disk-"));
  const isPossible = mount("1m");
  if (isPossible) execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true });
  return isPossible;
}

const isPossible = canMount();
if (!isPossible) console.warn("Full disks of the task log skipped: only an administrator may mount a small disk");

/** Takes every byte that is left; freed by truncating it. */
function fill(): string {
  const path = join(disk, "filler");
  writeFileSync(path, "");
  for (const size of [65_536, 4_096, 512, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size, 1), { flag: "a" });
    } catch {
      // Full for this size; a smaller one may still fit.
    }
  }
  return path;
}

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
    mount("1m");
    const folder = join(disk, "workspace");
    const path = join(folder, ".codex/TASK-LOG.json");
    mkdirSync(join(folder, ".codex"), { recursive: true });
    mkdirSync(join(folder, "codex-inbox"));
    writeFileSync(path, old);
    writeFileSync(join(folder, "codex-inbox/a.json"), '{"agent":"codex","summary":"Waits for room."}');
    const filler = fill();
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
    mount("200k");
    const folder = join(base, "workspace");
    const path = join(folder, ".codex/TASK-LOG.json");
    mkdirSync(join(folder, ".codex"), { recursive: true });
    mkdirSync(join(disk, "data/own"), { recursive: true });
    writeFileSync(path, old);
    const { log, close } = openScenarioLog(folder, join(disk, "data"));
    await log.open();
    const filler = fill();
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
