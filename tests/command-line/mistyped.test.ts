import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

it("refuses a word that is neither a command nor a folder, and makes nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "folio-mistyped-"));
  const program = join(import.meta.dirname, "..", "..", "server", "command-line", "main.ts");
  const script = `import { runCommandLine } from ${JSON.stringify(program)}; process.exitCode = await runCommandLine(["bogus"], { programFolder: "." });`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toContain("There is no command and no folder named bogus");
  expect(stderr).toContain("./bogus");
  expect(status).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
