/** Everything that passes or fails. Words after `npm test --` pick steps by the start of their name. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { programFolder } from "../bin/node-24.mjs";
import { checkSteps } from "./check-steps.ts";
import { runSteps, type Step } from "./steps.ts";

const steps: readonly Step[] = [
  { name: "build", command: [process.execPath, join(programFolder, "scripts", "build.mjs"), "--if-needed"] },
  ...checkSteps,
  { name: "contract tests", command: ["vitest", "run", "--project", "contract"], isVitest: true },
  { name: "crash tests", command: ["vitest", "run", "--project", "crash"], isVitest: true },
  { name: "browser tests", command: ["vitest", "run", "--project", "e2e"], isVitest: true },
];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? steps : steps.filter(({ name }) => wanted.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  process.stderr.write(`No step's name begins so. There are: ${steps.map(({ name }) => name).join(", ")}.\n`);
}
process.exitCode = chosen.length > 0 && hasTools() ? await runSteps(chosen) : 1;

function hasTools(): boolean {
  if (!chosen.some(({ name }) => name === "crash tests" || name === "browser tests")) return true;
  const ensure = join(programFolder, "scripts", "ensure-test-tools.mjs");
  return spawnSync(process.execPath, [ensure], { stdio: "inherit" }).status === 0;
}
