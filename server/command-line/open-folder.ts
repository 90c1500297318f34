/** The folder that a command works on: the same files, locks and data as a server that may be running on it. */
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { type FolderStore, openFolderStore } from "../platform/store/folder-store.ts";
import { openWorkspace } from "../workspace.ts";
import type { CommandInput } from "./command-input.ts";
import { reportFailure, UsageProblem } from "./report-failure.ts";

export interface CommandFolder {
  readonly store: FolderStore;
  readonly folder: string;
  /** Folio's own data about this folder; nothing is made there by opening. */
  readonly dataDirectory: string;
}

/**
 * Runs `work` on a folder and lets go of it. A failure is told in one line on standard error and gives exit code 2.
 * Refuses what a server refuses: the home of Codex CLI, a file, a folder that is not there.
 */
export async function withFolder(
  folder: string | undefined,
  io: CommandInput,
  work: (opened: CommandFolder) => Promise<number>,
): Promise<number> {
  return reportFailure(io, async () => {
    const asked = folder ?? ".";
    if (!(await io.isFolder(asked))) throw new UsageProblem(`There is no folder “${asked}”. Nothing was opened.`);
    const config = readConfig({ folder: asked }, io.programFolder);
    const workspace = await openWorkspace(config.folder, config.dataDirectory);
    const store = openFolderStore({
      root: workspace.folder,
      locksDirectory: join(config.dataDirectory, "locks"),
    });
    try {
      return await work({ store, folder: workspace.folder, dataDirectory: workspace.directory });
    } finally {
      await store.close();
    }
  });
}
