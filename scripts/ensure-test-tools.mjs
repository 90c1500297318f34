// The browser tests need Chromium and the crash tests strace; both come from Debian's packages.
// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const tools = ["chromium", "strace"];
const missing = tools.filter((tool) => !isOnPath(tool));

if (missing.length > 0) {
  const install = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  const canInstall = process.getuid?.() === 0 && isOnPath("apt-get");
  process.stderr.write(canInstall ? `Installing ${missing.join(" and ")} for the tests …\n` : "");
  if (!canInstall || !installAll(install)) {
    process.stderr.write(`The tests need ${missing.join(" and ")}. Run: sudo apt-get update && sudo ${install}\n`);
    process.exitCode = 1;
  }
}

/** @param {string} tool */
function isOnPath(tool) {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(join(folder, tool)));
}

/** @param {string} install */
function installAll(install) {
  const done = spawnSync("sh", ["-c", `apt-get update -qq && ${install} >/dev/null`], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return done.status === 0;
}
