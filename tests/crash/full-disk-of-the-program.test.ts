import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId, type PageClient, textOf } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "true"], { stdio: "ignore" });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

const isPossible = canMount();
if (!isPossible) console.warn("Full disks of the program skipped: only an administrator may mount a small disk");

let places: Places;
let upstream: FaultServer;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;
let mounted: string[] = [];

async function mount(folder: string, size: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  mounted.push(folder);
}

const grow = (folder: string, size: string): Buffer => execFileSync("mount", ["-o", `remount,size=${size}`, folder]);

async function start(): Promise<void> {
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
}

/** Takes every byte that is left, and gives back how to free them. */
function fill(folder: string): () => void {
  const path = join(folder, "ballast");
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size, 1), { flag: "a" });
    } catch {
      // Full for this size; a smaller one may still fit.
    }
  }
  return () => rmSync(path);
}

describe.skipIf(!isPossible)("a full disk", () => {
  beforeEach(async () => {
    places = await makePlaces();
    upstream = await startFaultServer();
    mounted = [];
  });

  afterEach(async () => {
    await folio.stop("SIGKILL");
    await upstream.close();
    for (const folder of mounted) execFileSync("umount", ["-l", folder]);
    await removePlaces(places);
  });

  it("of the folder: what was said is kept in the journal, reading works, and the file is written when there is room", async () => {
    await mount(places.folder, "400k");
    await start();
    const first = await page.create("before", { providerId, model: "fault:echo" });
    await page.ended(first.conversationId, first.messageId);
    const reader = page.events(["workspace"]);
    await reader.opened();
    const sent = await page.create("tell me a lot", { providerId, model: "fault:long:200000" });
    const { notice } = await reader.waitFor("notice-raised");
    expect(notice.title).toMatch(/full/);
    expect(notice.title).toMatch(/\d/);
    const answer = await page.ended(sent.conversationId, sent.messageId);
    expect([answer.status, textOf(answer).endsWith("token 200000 ")]).toEqual(["complete", true]);
    expect((await page.view(first.conversationId)).messageCount).toBe(2);
    const { file } = await page.view(sent.conversationId);
    expect(await readFile(file, "utf8").catch(() => "")).not.toContain("token 200000");
    grow(places.folder, "40m");
    await reader.waitFor("notice-cleared");
    reader.close();
    expect(await textWith(file, "token 200000 ")).toContain("token 1 ");
  });

  it("of the folder, and then a crash: the journal still has it", async () => {
    await mount(places.folder, "300k");
    await start();
    const sent = await page.create("tell me a lot", { providerId, model: "fault:long:100000" });
    await page.ended(sent.conversationId, sent.messageId);
    await folio.stop("SIGKILL");
    grow(places.folder, "40m");
    folio = await RunningFolio.start(places, { port: folio.port });
    const answer = await page.ended(sent.conversationId, sent.messageId);
    expect(textOf(answer).endsWith("token 100000 ")).toBe(true);
    await textWith((await page.view(sent.conversationId)).file, "token 100000 ");
  });

  it("of everything: a message is refused with the reason, nothing is half there, and all works when there is room", async () => {
    await mount(places.base, "12m");
    await start();
    const first = await page.create("before", { providerId, model: "fault:echo" });
    await page.ended(first.conversationId, first.messageId);
    const free = fill(places.base);
    const refused = [];
    // The journal's reserve takes some; then it is full.
    for (let count = 0; count < 12; count += 1) {
      const body = {
        id: newId(),
        messageId: newId(),
        text: `${count} ${"x".repeat(900_000)}`,
        providerId,
        model: "fault:fine",
      };
      const response = await page.send("POST", "/api/conversations", body);
      if (response.status !== 202)
        refused.push({ status: response.status, problem: await response.json(), id: body.id });
    }
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, problem, id } of refused) {
      expect([status, problem.code]).toEqual([507, "disk-full"]);
      expect(problem.title).toMatch(/full/i);
      expect((await page.send("GET", `/api/conversations/${id}`)).status).toBe(404);
    }
    expect((await page.view(first.conversationId)).messageCount).toBe(2);
    free();
    grow(places.base, "80m");
    const again = await page.create("after", { providerId, model: "fault:echo" });
    expect((await page.ended(again.conversationId, again.messageId)).status).toBe("complete");
    await textWith((await page.view(again.conversationId)).file, "after");
  });
});
