// The server from its sources, started again at each change, and the page built again at each change beside it.
// The page is served by the server itself: the same origin, cookies and content policy as for a user.
// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { programFolder } from "../bin/node-24.mjs";

const server = ["--watch", "--watch-preserve-output", join(programFolder, "scripts", "serve-from-source.mjs")];
const page = [
  join(programFolder, "node_modules", "vite", "bin", "vite.js"),
  "build",
  "--watch",
  "--mode",
  "development",
];
const children = [
  spawn(process.execPath, [...page, "--outDir", join(programFolder, "dist", "web"), "--emptyOutDir"], {
    stdio: "inherit",
  }),
  spawn(process.execPath, [...server, ...process.argv.slice(2)], { stdio: "inherit" }),
];
for (const child of children) {
  child.on("exit", () => {
    for (const other of children) other.kill();
  });
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
