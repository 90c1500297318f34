/** An accept on a disk without room: the document is the old one or the new one, and there is one entry at the end. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AgentRunView } from "../../shared/agents.ts";
import { answerOf } from "../agents/scripted-answers.ts";
import { openStudio, type Studio } from "../agents/studio-rig.ts";
import { canMountDisks, fillDisk, mountDisk } from "./small-disk.ts";

let base: string;
let disk: string;
let studio: Studio;

const isPossible = canMountDisks("Full disks of agents");

const target = ".codex/PRD.md";
const old = `# Parcel\n\n${"What is there.\n".repeat(500)}`;
const next = `# Parcel\n\n${"What comes.\n".repeat(2_000)}`;
const accept = (id: string, from: string | null) =>
  studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, { base: from });

async function waitingRun(): Promise<{ readonly id: string; readonly from: string }> {
  const from = await studio.write(target, old);
  studio.answers.push(answerOf(next, target, "Rewrote it."));
  const { id, status } = await studio.start("doc_writer", "Write.");
  expect(status).toBe("waiting");
  return { id, from };
}

describe.skipIf(!isPossible)("an accept on a full disk", () => {
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "folio-full-agents-"));
    disk = join(base, "disk");
    mkdirSync(disk);
  });
  afterEach(async () => {
    await studio.close();
    execFileSync("umount", ["-l", disk]);
    rmSync(base, { recursive: true });
  });

  test("of the folder: nothing is half written, the run still waits, and it is written once there is room", async () => {
    mountDisk(disk, "size=2m");
    studio = await openStudio({ folder: join(disk, "workspace"), data: join(base, "data") });
    const { id, from } = await waitingRun();
    const filler = fillDisk(disk);
    const refused = await accept(id, from);
    expect(refused).toMatchObject({ status: 507, body: { code: "disk-full" } });
    expect(readFileSync(join(studio.folder, target), "utf8")).toBe(old);
    expect(readdirSync(join(studio.folder, ".codex"))).toEqual(["PRD.md"]);
    expect(await studio.view(id)).toMatchObject({ status: "waiting", change: { isStale: false } });
    truncateSync(filler);
    expect(await accept(id, from)).toMatchObject({ status: 200, body: { status: "written" } });
    expect(await studio.text(target)).toBe(next);
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });

  test("of Folio's data: the document is old with the run waiting, or new; then there is one entry", async () => {
    mountDisk(disk, "size=2m");
    studio = await openStudio({ folder: join(base, "workspace"), data: join(disk, "data") });
    const { id, from } = await waitingRun();
    const filler = fillDisk(disk);
    const { status } = await accept(id, from);
    const text = (await studio.text(target)) ?? "";
    expect([old, next]).toContain(text);
    expect([200, 507]).toContain(status);
    truncateSync(filler);
    studio = await studio.restart();
    await studio.agents.recover();
    const after = await studio.view(id);
    if (after.status === "waiting") await accept(id, from);
    expect(await studio.view(id)).toMatchObject({ status: "written" });
    expect(await studio.text(target)).toBe(next);
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });
});
