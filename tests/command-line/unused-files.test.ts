import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { runFolio } from "./run-folio.ts";

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(() => removePlaces(places));

function put(path: string, content: string): string {
  const whole = join(places.folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

test("unused long texts are listed, moved to the trash when that is asked for, and left alone while Folio runs", async () => {
  const text = "x".repeat(300_000);
  const name = `p-${createHash("sha256").update(text).digest("hex").slice(0, 12)}.md`;
  const file = put(`conversations/a.files/${name}`, text);
  put("conversations/a.chat.md", "### You <!-- message id=m role=user -->\n\nhi\n\n");
  const unused = (...more: readonly string[]) =>
    runFolio({ ...places, put: () => undefined }, ["conversation", "unused", places.folder, ...more]);
  const folio = await RunningFolio.start(places);
  expect(await unused("--trash")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Folio runs for this folder"),
  });
  await folio.stop();
  expect(await unused()).toMatchObject({
    code: 0,
    out: expect.stringContaining(`293 KiB  conversations/a.files/${name}`),
  });
  expect(existsSync(file)).toBe(true);
  const moved = await unused("--trash");
  const [, trash = ""] = /1 moved to (.*)\.\n$/.exec(moved.out) ?? [];
  expect([moved.code, existsSync(file)]).toEqual([0, false]);
  expect(existsSync(join(trash, "conversations/a.files", name))).toBe(true);
  expect((await unused()).out).toBe("No unused files.\n");
});
