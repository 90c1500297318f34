import { createHash } from "node:crypto";
import { access, constants, lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export interface Workspace {
  /** Real path: links in it are resolved once, here. */
  readonly folder: string;
  readonly name: string;
  /** Folio's own data about this folder: `<data>/workspaces/<hash of the real path>`. */
  readonly directory: string;
}

/** Thrown when a folder cannot be a workspace; the message says why and what to do. */
export class WorkspaceProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WorkspaceProblem";
  }
}

/**
 * Looks at a folder before it is opened. It may be missing (it is made with the first message) and it may be read-only.
 * @throws WorkspaceProblem for a file, a folder that cannot be read, and the home folder of Codex CLI (docs/studio-files.md, rule 5)
 */
export async function openWorkspace(asked: string, dataDirectory: string): Promise<Workspace> {
  const folder = await realFolder(asked);
  const data = await realFolder(dataDirectory).catch((error: unknown) => {
    throw new WorkspaceProblem(`Folio's own data folder (FOLIO_DATA_DIR) cannot be used: ${String(error)}`);
  });
  if (data === folder || data.startsWith(join(folder, "/"))) {
    throw new WorkspaceProblem(
      `Folio's own data (${data}) would lie in ${folder}. Keep it outside of what is synced: set FOLIO_DATA_DIR, or open another folder.`,
    );
  }
  await refuseCodexHome(folder);
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 24);
  return { folder, name: basename(folder) || folder, directory: join(dataDirectory, "workspaces", hash) };
}

async function realFolder(asked: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(asked);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ELOOP") throw new WorkspaceProblem(`${asked} is a link that leads to itself.`);
    const isLink = await lstat(asked).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (isLink) throw new WorkspaceProblem(`${asked} is a link to a folder that is not there.`);
    if (code === "ENOENT" && dirname(asked) !== asked) return join(await realFolder(dirname(asked)), basename(asked));
    if (code === "ENOTDIR") throw new WorkspaceProblem(`${asked} lies under a file, not under a folder.`);
    throw new WorkspaceProblem(`${asked} cannot be opened (${String(code)}).`);
  }
  const found = await stat(real);
  if (!found.isDirectory()) throw new WorkspaceProblem(`${asked} is a file. Give the folder that it lies in.`);
  await access(real, constants.R_OK | constants.X_OK).catch(() => {
    throw new WorkspaceProblem(`${asked} cannot be read by this user. Nothing was opened.`);
  });
  return real;
}

/** Whether `.codex/` is the home of Codex CLI, which may come to be so at any time (docs/studio-files.md, rule 5). */
export async function holdsCodexHome(folder: string): Promise<boolean> {
  return (await isThere(join(folder, ".codex", "auth.json"))) || (await isThere(join(folder, ".codex", "sessions")));
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function refuseCodexHome(folder: string): Promise<void> {
  const inFolder = (name: string): Promise<boolean> => isThere(join(folder, name));
  const isHome = (await inFolder("config.toml")) && ((await inFolder("auth.json")) || (await inFolder("sessions")));
  if (!isHome && !(await holdsCodexHome(folder))) return;
  throw new WorkspaceProblem(
    `${folder} holds the home folder of Codex CLI (logins and sessions). Folio does not open it; give a project's folder.`,
  );
}
