import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

  it("refuses to listen beyond this computer", async () => {
    const refused = spawnFolio(
      { ...places, folder: join(places.base, "other") },
      { environment: { FOLIO_HOST: "0.0.0.0" } },
    );
    expect(await refused.link).toBeUndefined();
    expect(refused.output()).toContain("this computer only");
  });
});
