// Builds the page and the server into dist/, both or neither: two builds at once cannot mix their files.
// @ts-check
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { programFolder } from "../bin/node-24.mjs";
import { isBuilt, saveStamp, takeStamp } from "./build-stamp.mjs";
import { compressPage } from "./compress-page.mjs";

if (process.argv.includes("--if-needed") && isBuilt(programFolder)) process.exit(0);

// A test runner that builds has another one set, and the page would be React's slow development form.
process.env["NODE_ENV"] = "production";

const started = performance.now();
process.stderr.write("Building Folio, once …\n");

const stamp = takeStamp(programFolder);
const workFolder = join(programFolder, ".cache", `build-${process.pid}`);
const output = join(workFolder, "dist");
mkdirSync(output, { recursive: true });
process.on("exit", () => rmSync(workFolder, { recursive: true, force: true }));
// The bundler leaves some of its failures to nobody.
process.on("uncaughtException", (error) => {
  process.stderr.write(`The build failed; what was built before is kept.\n${describe(error)}\n`);
  process.exit(1);
});

await buildInto("vite.config.ts", "web");
await compressPage(join(output, "web"));
await buildInto("vite.server.config.ts", "server");
saveStamp(output, stamp);
replaceDist();
process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);

/**
 * @param {string} configFile
 * @param {string} folder
 */
async function buildInto(configFile, folder) {
  await build({
    configFile: join(programFolder, configFile),
    logLevel: "warn",
    build: {
      outDir: join(output, folder),
      emptyOutDir: true,
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
}

function replaceDist() {
  const dist = join(programFolder, "dist");
  try {
    renameSync(dist, join(workFolder, "before"));
  } catch {
    // There was none.
  }
  renameSync(output, dist);
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
