#!/usr/bin/env node
// The one way in. Plain JavaScript, so that an old Node can still read it and hand over to a newer one.
// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { becomeNode, findNode, hasNeededNode, missingNodeMessage, programFolder } from "./node-24.mjs";

// Files, the journal and look-ups of names share the pool of threads; four are few for a disk. Read when the first is needed.
process.env["UV_THREADPOOL_SIZE"] ??= "12";

const bundle = join(programFolder, "dist", "server", "command-line.js");
/** Commands that need no page, so no build. */
const sourceCommands = ["conversation", "log", "roster", "proposals", "documents", "agents", "runs"];
const source = join(programFolder, "server", "command-line", "main.ts");

if (hasNeededNode) {
  await run(process.argv.slice(2));
} else {
  handOver();
}

function handOver() {
  const node = findNode();
  if (node === undefined) {
    process.stderr.write(`${missingNodeMessage()}\n`);
    process.exitCode = 1;
    return;
  }
  becomeNode(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
}

/** @param {readonly string[]} args */
async function run(args) {
  nodeModule.enableCompileCache(join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "folio", "node"));
  const program = await programToRun(args);
  if (program === undefined) {
    process.exitCode = 1;
    return;
  }
  const { runCommandLine } = await import(pathToFileURL(program).href);
  const code = await runCommandLine(args, { programFolder });
  if (code !== undefined) process.exitCode = code;
}

/**
 * A packaged install has only the bundle. In a checkout the bundle is used when it is made from today's sources; the
 * page needs it, so starting builds first, and every other command runs from the sources instead.
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>}
 */
async function programToRun(args) {
  if (!existsSync(source)) return bundle;
  const { isBuilt } = await import("../scripts/build-stamp.mjs");
  if (isBuilt(programFolder)) return bundle;
  if (sourceCommands.includes(args[0] ?? "") || args.some((arg) => arg === "--help" || arg === "--version"))
    return source;
  // In a process of its own: the bundler's memory is not to stay with the server.
  const building = spawnSync(process.execPath, [join(programFolder, "scripts", "build.mjs")], { stdio: "inherit" });
  return building.status === 0 ? bundle : undefined;
}
