import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findNode } from "./node-24.mjs";

const launcher = join(import.meta.dirname, "node-24.mjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folio-node-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("another process in this one's place", () => {
  test("ends with the same exit code and hears the arguments", () => {
    const { status, stdout } = become("console.log(process.argv.slice(2).join(' ')); process.exitCode = 7;", [
      "a b",
      "--c",
    ]);
    expect({ status, stdout }).toEqual({ status: 7, stdout: "a b --c\n" });
  });

  test("ends by the same signal", () => {
    expect(become("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);").signal).toBe("SIGKILL");
  });

  test("hands SIGTERM on and waits for the end that the process chooses", async () => {
    const child = start(
      "process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready');",
    );
    const code = new Promise((resolve) => child.on("exit", resolve));
    child.stdout.once("data", () => child.kill("SIGTERM"));
    expect(await code).toBe(3);
  });

  test("says so when the program cannot be started", () => {
    const { status, stderr } = become("", [], join(folder, "nothing-here"));
    expect(status).toBe(1);
    expect(stderr).toContain("nothing-here");
  });
});

describe("the Node that is looked for", () => {
  const path = process.env["PATH"];
  afterEach(() => {
    process.env["PATH"] = path;
  });

  test("is at least as new as needed", () => {
    const found = findNode() ?? "";
    expect(
      Number.parseInt(spawnSync(found, ["--version"], { encoding: "utf8" }).stdout.slice(1), 10),
    ).toBeGreaterThanOrEqual(24);
  });

  test.skipIf(process.platform === "win32")(
    "comes from the search path when none was brought along, passing over older ones",
    () => {
      const older = fakeNode("older", "v20.20.2");
      const newer = fakeNode("newer", "v25.1.0");
      const found = spawnSync(process.execPath, ["--input-type=module", "-e", copyThatFinds()], {
        encoding: "utf8",
        env: { PATH: `${older}:${newer}:/usr/bin:/bin` },
      });
      expect(found.stdout).toBe(join(newer, "node"));
    },
  );

  /** Without a package beside it, only the search path is left. */
  function copyThatFinds(): string {
    const copy = join(folder, "deep", "bin", "node-24.mjs");
    return `
      import { cpSync } from "node:fs";
      cpSync(${JSON.stringify(launcher)}, ${JSON.stringify(copy)});
      const { findNode } = await import(${JSON.stringify(pathToFileURL(copy).href)});
      process.stdout.write(String(findNode()));`;
  }

  function fakeNode(name: string, version: string): string {
    const place = mkdtempSync(join(folder, name));
    writeFileSync(join(place, "node"), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(place, "node"), 0o755);
    return place;
  }
});

function become(script: string, args: readonly string[] = [], node = process.execPath) {
  return spawnSync(process.execPath, ["--input-type=module", "-e", program(script, args, node)], { encoding: "utf8" });
}

function start(script: string) {
  return spawn(process.execPath, ["--input-type=module", "-e", program(script, [], process.execPath)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function program(script: string, args: readonly string[], node: string): string {
  const file = join(folder, "program.mjs");
  writeFileSync(file, script);
  const call = `becomeNode(${JSON.stringify(node)}, ${JSON.stringify([file, ...args])});`;
  return `import { becomeNode } from ${JSON.stringify(pathToFileURL(launcher).href)};\n${call}`;
}
