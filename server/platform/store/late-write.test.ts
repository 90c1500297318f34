import { mkdtemp, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { holdReplaced } from "./late-write.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "folio-late-"));
  file = join(folder, "a.md");
  await writeFile(file, "as it was read");
});

afterEach(() => rm(folder, { recursive: true }));

async function replace(): Promise<void> {
  await writeFile(`${file}.new`, "ours");
  await rename(`${file}.new`, file);
}

it("finds what an editor wrote into a file that was replaced under its hands", async () => {
  const { size, mtimeMs } = await stat(file);
  const held = await holdReplaced(file);
  const editor = await open(file, "w");
  await replace();
  const late = held?.lateWrite({ size, modified: mtimeMs });
  await editor.writeFile("by the editor");
  await editor.close();
  expect(Buffer.from((await late) ?? []).toString()).toBe("by the editor");
  await held?.close();
});

it("finds nothing where nobody wrote", async () => {
  const { size, mtimeMs } = await stat(file);
  const held = await holdReplaced(file);
  await replace();
  expect(await held?.lateWrite({ size, modified: mtimeMs })).toBeUndefined();
  await held?.close();
});
