import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const FOLIO = join(import.meta.dirname, "../../bin/folio.mjs");

export interface CommandPlace {
  readonly base: string;
  readonly folder: string;
  readonly data: string;
  put(path: string, content: string | Uint8Array): void;
}

export function makeCommandPlace(): CommandPlace {
  const base = mkdtempSync(join(tmpdir(), "folio-command-"));
  const folder = join(base, "workspace");
  mkdirSync(folder);
  return {
    ...{ base, folder, data: join(base, "data") },
    put: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
  };
}

export function removeCommandPlace({ base }: CommandPlace): void {
  rmSync(base, { recursive: true });
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real program in a process of its own, with the folder as its current one. */
export async function runFolio(place: CommandPlace, args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [FOLIO, ...args], {
    cwd: place.folder,
    env: { PATH: process.env["PATH"], HOME: place.base, FOLIO_DATA_DIR: place.data, TZ: process.env["TZ"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}
