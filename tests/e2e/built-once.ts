import { execFileSync } from "node:child_process";

/** The browser tests drive what is shipped: dist/ as `npm run build` makes it from today's sources. */
export function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--if-needed"], { stdio: "inherit" });
}
