import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { programFolder } from "../bin/node-24.mjs";
import { settings } from "../server/config.ts";
import { configurationDocs } from "./configuration-docs.ts";

for (const [path, text] of Object.entries(configurationDocs(settings))) {
  writeFileSync(join(programFolder, path), text);
  process.stdout.write(`${path}\n`);
}
