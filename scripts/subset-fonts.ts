/**
 * Cuts the faces of the first page down to what it needs and writes them, with their licences, to `web/ui/fonts/`.
 * Run by hand when a font package changes: `node scripts/subset-fonts.ts`. The results are committed.
 */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

interface Face {
  readonly packageName: string;
  readonly source: string;
  readonly target: string;
  readonly variationAxes?: Readonly<Record<string, number | { min: number; max: number }>>;
}

type SubsetFont = (font: Buffer, text: string, options: object) => Promise<Buffer>;

const weights = { wght: { min: 400, max: 650 } };
const faces: readonly Face[] = [
  {
    packageName: "@fontsource-variable/commissioner",
    source: "commissioner-latin-wght-normal.woff2",
    target: "commissioner.woff2",
    variationAxes: weights,
  },
  {
    packageName: "@fontsource-variable/literata",
    source: "literata-latin-wght-normal.woff2",
    target: "literata.woff2",
    variationAxes: weights,
  },
  {
    packageName: "@fontsource-variable/literata",
    source: "literata-latin-wght-italic.woff2",
    target: "literata-italic.woff2",
    variationAxes: weights,
  },
  {
    packageName: "@fontsource/ibm-plex-mono",
    source: "ibm-plex-mono-latin-400-normal.woff2",
    target: "plex-mono.woff2",
  },
];
const features = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "case", "zero"];
/** Of the first page; the italic comes with the first emphasis. */
const firstPageBudget = 80_000;

/** Latin 1, and the punctuation and signs that text in it uses. */
function firstPageCharacters(): string {
  const codes: number[] = [];
  for (let code = 0x20; code <= 0x7e; code += 1) codes.push(code);
  for (let code = 0xa0; code <= 0xff; code += 1) codes.push(code);
  for (let code = 0x2010; code <= 0x2027; code += 1) codes.push(code);
  const extra = "ıŒœŠšŸŽžƒˆ˜‰′″‹›⁄€™−≈≠≤≥×÷←↑→↓│├└─•…ﬁﬂ";
  return String.fromCodePoint(...codes) + extra;
}

async function subsetFace(face: Face, subsetFont: SubsetFont, root: string, folder: string): Promise<number> {
  const packageFolder = path.join(root, "node_modules", face.packageName);
  const whole = await readFile(path.join(packageFolder, "files", face.source));
  const cut = await subsetFont(whole, firstPageCharacters(), {
    targetFormat: "woff2",
    keepFeatures: features,
    noHinting: true,
    ...(face.variationAxes ? { variationAxes: face.variationAxes } : {}),
  });
  await writeFile(path.join(folder, face.target), cut);
  const licence = `${path.basename(face.packageName)}.LICENSE.txt`;
  await copyFile(path.join(packageFolder, "LICENSE"), path.join(folder, licence));
  return cut.length;
}

async function main(): Promise<void> {
  const root = path.resolve(import.meta.dirname, "..");
  const folder = path.join(root, "web", "ui", "fonts");
  const subsetFont = createRequire(import.meta.url)("subset-font") as SubsetFont;
  await mkdir(folder, { recursive: true });
  let firstPage = 0;
  for (const face of faces) {
    const bytes = await subsetFace(face, subsetFont, root, folder);
    if (!face.target.includes("italic")) firstPage += bytes;
    console.log(`${face.target}: ${bytes} bytes`);
  }
  console.log(`first page: ${firstPage} of ${firstPageBudget} bytes`);
  if (firstPage > firstPageBudget) process.exitCode = 1;
}

await main();
