/**
 * `npm run bench [-- --quick] [--server FILE] [section…]`: measures Folio beside the floor in one run and prints each figure against what
 * its target (rows P-1 to P-10 of the performance table). Loads go to this machine only and end by themselves.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { BenchContext, Section } from "./bench-context.ts";
import { folioEntry, projectFolder } from "./bench-processes.ts";
import { type Figure, writeFigures } from "./figure.ts";
import { watchCompetition } from "./machine-load.ts";
import { manyConversations } from "./many-conversations.ts";
import { page } from "./page.ts";
import { acknowledgement } from "./sections/acknowledgement.ts";
import { firstPage } from "./sections/first-page.ts";
import { largeConversation } from "./sections/large-conversation.ts";
import { ownPrograms } from "./sections/own-programs.ts";
import { processFigures } from "./sections/process.ts";
import { manyStreams } from "./sections/streams.ts";
import { tokenPath } from "./sections/token-path.ts";

const sections: readonly Section[] = [
  processFigures,
  firstPage,
  tokenPath,
  acknowledgement,
  largeConversation,
  manyStreams,
  page,
  manyConversations,
  ...ownPrograms,
];

const NOTICEABLE_CORES = 0.15;

/** The kind of file system that holds `folder`, as Linux lists it. */
function fileSystemOf(folder: string): string {
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "));
  const holding = mounts.filter(
    ([, point = ""]) => point === "/" || folder === point || folder.startsWith(`${point}/`),
  );
  const [device, point, kind] =
    holding.toSorted((one, other) => (one[1]?.length ?? 0) - (other[1]?.length ?? 0)).at(-1) ?? [];
  return `${kind} on ${device} at ${point}`;
}

function machine(folder: string, server: string): string {
  const [processor] = cpus();
  const commit = execFileSync("git", ["-C", projectFolder, "describe", "--always", "--dirty"], {
    encoding: "utf8",
  }).trim();
  return [
    `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`,
    `load before the start ${loadavg()[0]?.toFixed(2)}; everything runs on this machine; saving is on (${fileSystemOf(folder)})`,
    `Folio at ${commit}, from ${relative(projectFolder, server)}`,
  ].join("\n");
}

/** Before anything is measured: the first start would build, and be counted with it. */
function buildIfNeeded(): void {
  execFileSync(process.execPath, [join(projectFolder, "scripts/build.mjs"), "--if-needed"], { stdio: "inherit" });
}

async function measure(section: Section, context: BenchContext): Promise<readonly Figure[]> {
  console.log(`\n## ${section.title}`);
  const competition = watchCompetition();
  try {
    const figures = await section.measure(context);
    const cores = competition();
    if (cores > NOTICEABLE_CORES)
      console.log(`  other programs used ${cores.toFixed(2)} cores meanwhile: trust ratios, not digits`);
    if (figures.length > 0) console.log(`\n${writeFigures(figures)}`);
    return figures;
  } catch (error) {
    console.log(`  could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return [];
  }
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean" }, server: { type: "string" } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) {
    console.error(
      `No section ${unknown.join(", ")}. There are: ${sections.map((section) => section.name).join(", ")}.`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = sections.filter((section) =>
    positionals.length > 0 ? positionals.includes(section.name) : !section.isLong,
  );
  const parent = join(projectFolder, ".cache/bench");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "run-"));
  const begun = performance.now();
  const server = values.server === undefined ? folioEntry : resolve(values.server);
  const context = { folder, server, isQuick: values.quick === true, say: (line: string) => console.log(`  ${line}`) };
  if (server === folioEntry) buildIfNeeded();
  console.log(machine(folder, server));
  const figures: Figure[] = [];
  try {
    for (const section of chosen) figures.push(...(await measure(section, context)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const over = figures.filter((figure) => figure.verdict === "over");
  const judged = figures.filter((figure) => figure.verdict !== "–");
  console.log(
    `\n${judged.length - over.length} of ${judged.length} figures as wanted, in ${((performance.now() - begun) / 1000).toFixed(0)} s.`,
  );
  if (over.length > 0)
    console.log(`Over: ${over.map((figure) => `${figure.row} ${figure.name} (${figure.folio})`).join("; ")}.`);
}

await run();
