// @ts-check
import { programFolder } from "../bin/node-24.mjs";
import { runCommandLine } from "../server/command-line/main.ts";

const code = await runCommandLine(process.argv.slice(2), { programFolder });
if (code !== undefined) process.exitCode = code;
