/** Runs a list of commands one after the other, one line each, and counts what passed: quiet while all is well. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { programFolder } from "../bin/node-24.mjs";

export interface Step {
  readonly name: string;
  /** The program, looked up among the project's tools first, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** A vitest run counts its tests; any other step counts as one. */
  readonly isVitest?: true;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs all of them, also after one failed, and ends with `N passed, N failed`. Returns the exit code. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  const counts: Counts[] = [];
  for (const step of steps) counts.push(await runStep(step));
  const total = (key: keyof Counts): number => counts.reduce((sum, each) => sum + each[key], 0);
  const skipped = total("skipped");
  process.stdout.write(
    `${total("passed")} passed, ${total("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
  );
  return total("failed") > 0 ? 1 : 0;
}

async function runStep(step: Step): Promise<Counts> {
  const started = performance.now();
  process.stdout.write(step.name.padEnd(16));
  const report = join(programFolder, ".cache", `report-${process.pid}.json`);
  const { code, output } = await run(step.isVitest ? withReport(step.command, report) : step.command);
  const counts = step.isVitest ? readReport(report, code) : countOne(code);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${summary(step, counts)}  ${seconds} s\n`);
  if (counts.failed > 0) process.stdout.write(`${output.trimEnd()}\n\n`);
  return counts;
}

function run(command: Step["command"]): Promise<{ code: number; output: string }> {
  const [program, ...args] = command;
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: programFolder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...colours() },
    });
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 1, output: `${program}: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** What is printed is collected first, so the programs cannot see for themselves whether a terminal shows it. */
function colours(): Record<string, string> {
  return process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1", FORCE_COLOR: "0" };
}

function withReport([program, ...args]: Step["command"], report: string): Step["command"] {
  mkdirSync(join(programFolder, ".cache"), { recursive: true });
  return [program, ...args, "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
}

/** A run that broke off before it wrote its report, or failed without a failed test, is a failure too. */
function readReport(report: string, code: number): Counts {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
    const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(report, { force: true });
  }
}

function countOne(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function summary(step: Step, counts: Counts): string {
  if (!step.isVitest) return counts.failed === 0 ? "ok" : "FAILED";
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} FAILED`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return parts.join(", ");
}
