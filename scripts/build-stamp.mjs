// Plain JavaScript without dependencies: every start in a checkout waits for this answer (a few milliseconds).
// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a build is made from; everything else may change without one. */
const INPUT_FOLDERS = ["server", "shared", "web"];
const INPUT_FILES = ["package.json", "package-lock.json", "vite.config.ts", "vite.server.config.ts"];
/** Tests and their rigs, and what editors leave beside a file. */
const NOT_AN_INPUT = /(\.test|-rig)\.tsx?$|^\.|~$/;
const OUTPUTS = ["dist/server/command-line.js", "dist/web/index.html"];

/**
 * Whether `dist/` is made from the sources as they are now. Sizes and times are compared first; where they differ
 * (a fresh clone, a copied folder) the contents decide.
 * @param {string} root the folder with package.json
 */
export function isBuilt(root) {
  const stamp = readStamp(root);
  if (stamp === undefined || !OUTPUTS.every((path) => existsSync(join(root, path)))) return false;
  const inputs = listInputs(root);
  const quick = quickHash(root, inputs);
  if (stamp.quick === quick) return true;
  if (stamp.contents !== contentsHash(root, inputs)) return false;
  saveStamp(join(root, "dist"), { quick, contents: stamp.contents });
  return true;
}

/**
 * Call before a build: what is changed while it runs then makes it stale.
 * @param {string} root
 */
export function takeStamp(root) {
  const inputs = listInputs(root);
  return { quick: quickHash(root, inputs), contents: contentsHash(root, inputs) };
}

/**
 * @param {string} outputFolder the folder that is, or will be, `dist/`
 * @param {{ quick: string, contents: string }} stamp
 */
export function saveStamp(outputFolder, stamp) {
  try {
    writeFileSync(join(outputFolder, "stamp.json"), JSON.stringify(stamp));
  } catch {
    // A checkout that cannot be written still runs; it is compared by content each time.
  }
}

/**
 * @param {string} root
 * @returns {{ quick: string, contents: string } | undefined}
 */
function readStamp(root) {
  try {
    return JSON.parse(readFileSync(join(root, "dist", "stamp.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Written for speed: a start waits for it, and names are put together without `node:path`.
 * @param {string} root
 */
function listInputs(root) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && !NOT_AN_INPUT.test(entry.name)) found.push(path);
    }
  };
  for (const folder of INPUT_FOLDERS) walk(folder);
  return [...found, ...INPUT_FILES.filter((path) => existsSync(join(root, path)))].sort();
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs
 */
function quickHash(root, inputs) {
  let facts = "";
  for (const path of inputs) {
    const { size, mtimeMs } = statSync(`${root}/${path}`);
    facts += `${path}\0${size}\0${mtimeMs}\n`;
  }
  return createHash("sha256").update(facts).digest("hex");
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs
 */
function contentsHash(root, inputs) {
  const hash = createHash("sha256");
  for (const path of inputs) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
