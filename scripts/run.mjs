// `node scripts/run.mjs NAME …` runs scripts/NAME.ts or .mjs with the Node that the project needs, whichever started it.
// @ts-check
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { becomeNode, findNode, hasNeededNode, missingNodeMessage, programFolder } from "../bin/node-24.mjs";

const [name = "", ...args] = process.argv.slice(2);
const script = [`scripts/${name}.ts`, `scripts/${name}.mjs`, name]
  .map((path) => join(programFolder, path))
  .find((path) => existsSync(path));
const node = hasNeededNode ? process.execPath : findNode();

if (script === undefined || node === undefined) {
  process.stderr.write(`${script === undefined ? `There is no script "${name}".` : missingNodeMessage()}\n`);
  process.exitCode = 1;
} else {
  // What the script starts by name gets the same Node and the project's own tools.
  const tools = join(programFolder, "node_modules", ".bin");
  process.env["PATH"] = [dirname(node), tools, process.env["PATH"]].join(delimiter);
  becomeNode(node, [script, ...args]);
}
