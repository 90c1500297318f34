import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces, spawnFolio } from "../program/running-folio.ts";

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});

afterEach(() => removePlaces(places));

describe("a start", () => {
  it("on a folder that is open says so and gives the link of the one that runs", async () => {
    const folio = await RunningFolio.start(places);
    const second = spawnFolio(places);
    const link = await second.link;
    expect(second.output()).toContain("runs for this folder already");
    expect(new URL(link ?? "").port).toBe(String(folio.port));
    const launch = new URL(link ?? "").hash.replace("#launch=", "");
    const other = await PageClient.signIn(folio.port, launch);
    expect((await other.send("GET", "/api/session")).status).toBe(200);
    await folio.stop();
  });

  it.each([
    ["a file", async () => void (await writeFile(join(places.base, "file"), "x")), "file", "is a file"],
    [
      "the home of Codex CLI",
      async () => void (await mkdir(join(places.base, "home", ".codex", "sessions"), { recursive: true })),
      "home",
      "Codex CLI",
    ],
  ])("on %s is refused with the reason", async (_, prepare, name, reason) => {
    await prepare();
    const refused = spawnFolio({ ...places, folder: join(places.base, name) });
    expect(await refused.link).toBeUndefined();
    expect(refused.output()).toContain(reason);
  });

  it("goes on when nobody reads its log any more", async () => {
    const folio = await RunningFolio.start(places);
    folio.process.stderr?.destroy();
    folio.process.stdout?.destroy();
    const page = await folio.signIn();
    // Each request is a line of the log.
    for (let count = 0; count < 5; count += 1) await page.json("GET", "/api/session");
    expect(folio.process.exitCode).toBeNull();
    expect(await folio.stop()).toBe(0);
  });

  it("refuses to listen beyond this computer", async () => {
    const refused = spawnFolio(
      { ...places, folder: join(places.base, "other") },
      { environment: { FOLIO_HOST: "0.0.0.0" } },
    );
    expect(await refused.link).toBeUndefined();
    expect(refused.output()).toContain("this computer only");
  });
});

describe("a start that cannot be", () => {
  it.each([
    [
      "a link to nowhere",
      "is a link to a folder that is not there",
      async () => symlink(join(places.base, "gone"), join(places.base, "w")),
    ],
    ["a link to itself", "leads to itself", async () => symlink(join(places.base, "w"), join(places.base, "w"))],
    ["a folder under a file", "lies under a file", async () => writeFile(join(places.base, "w"), "")],
  ])("says why: %s", async (name, reason, prepare) => {
    await prepare();
    const folder = name.includes("under") ? join(places.base, "w", "below") : join(places.base, "w");
    const refused = spawnFolio({ ...places, folder });
    expect(await refused.link).toBeUndefined();
    expect(refused.output()).toContain(reason);
    expect(refused.output()).not.toMatch(/\n\s+at /);
  });

  it.each<[string, string, string, Readonly<Record<string, string>>?]>([
    ["its own data in the folder", "would lie in", "workspace/data"],
    ["an address that is none", "FOLIO_HOST", "", { FOLIO_HOST: "127.0.0.999" }],
    ["a port that is none", "host:port", "", { FOLIO_LOCAL_SERVERS: "127.0.0.1:99999" }],
    ["a file as its data folder", "FOLIO_DATA_DIR", "/dev/null"],
  ])("says why: %s", async (_, reason, data, more = {}) => {
    const own = data === "" ? {} : { FOLIO_DATA_DIR: resolve(places.base, data) };
    const refused = spawnFolio(places, { environment: { ...own, ...more } });
    expect(await refused.link).toBeUndefined();
    expect(refused.output()).toContain(reason);
    expect(refused.output()).not.toMatch(/\n\s+at /);
  });

  it("of several at once lets one run and gives its link to the others", async () => {
    const starts = Array.from({ length: 4 }, () => spawnFolio(places));
    const links = await Promise.all(starts.map(({ link }) => link));
    expect(new Set(links.map((link) => new URL(link ?? "").port)).size).toBe(1);
    for (const { process } of starts) process.kill("SIGKILL");
  });
});
