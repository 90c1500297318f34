import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inNewPlace } from "./crash-rig.ts";

const PROGRAM = new URL("./count-up.ts", import.meta.url).pathname;

test("of 8 processes with 50 writers each on one file no write is lost", async () => {
  await inNewPlace(async ({ workspace, data }) => {
    mkdirSync(data);
    writeFileSync(join(workspace, "count.md"), "0");
    const run = async () => {
      const child = spawn(process.execPath, [PROGRAM, workspace, join(data, "locks"), "50"], { stdio: "inherit" });
      return (await once(child, "exit"))[0];
    };
    expect(await Promise.all(Array.from({ length: 8 }, run))).toEqual(Array.from({ length: 8 }, () => 0));
    expect(readFileSync(join(workspace, "count.md"), "utf8")).toBe("400");
    expect(readdirSync(workspace)).toEqual(["count.md"]);
    expect(readdirSync(join(data, "locks"))).toEqual([]);
  });
}, 300_000);
