/** `conversation unused [FOLDER] [--trash]`: long texts beside conversations that nothing names any more. */
import { join } from "node:path";
import { findUnusedSideFiles, trashSideFile, type UnusedSideFile } from "../chat/unused-side-files.ts";
import { openJournal } from "../platform/journal/folder-journal.ts";
import { newId } from "../platform/new-id.ts";
import { takeFolder } from "../platform/store/folder-lock.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { readFolderArguments } from "./folder-arguments.ts";
import { type CommandFolder, withFolder } from "./open-folder.ts";
import { reportFailure, UsageProblem } from "./report-failure.ts";

/** Lists them, and with `--trash` moves them to Folio's trash. Exit code 0, or 2 when it could not look. */
export function unusedFiles(args: readonly string[], io: CommandInput): Promise<number> {
  return reportFailure(io, async () => {
    const { folder, values } = readFolderArguments(args, { trash: { type: "boolean" } });
    return withFolder(folder, io, (opened) =>
      whileAlone(opened, () => (values.trash === true ? moveAll(opened, io) : listAll(opened, io))),
    );
  });
}

async function listAll({ store }: CommandFolder, io: CommandInput): Promise<number> {
  let [count, bytes] = [0, 0];
  for await (const { path, size } of findUnusedSideFiles(store)) {
    io.stdout(`${kibibytes(size)}  ${path}\n`);
    [count, bytes] = [count + 1, bytes + size];
  }
  io.stdout(
    count === 0
      ? "No unused files.\n"
      : `${count} unused, ${kibibytes(bytes)}. Nothing was changed; --trash moves them to the trash.\n`,
  );
  return exitCodes.ok;
}

async function moveAll({ store, dataDirectory }: CommandFolder, io: CommandInput): Promise<number> {
  const found: UnusedSideFile[] = [];
  for await (const file of findUnusedSideFiles(store)) found.push(file);
  const [root, token] = [join(dataDirectory, "trash"), newId()];
  const trash = openFolderStore({ root, locksDirectory: join(dataDirectory, "..", "..", "locks") });
  let count = 0;
  try {
    for (const file of found) {
      if (!(await trashSideFile({ from: store, to: trash }, file, token))) continue;
      io.stdout(`${kibibytes(file.size)}  ${file.path}\n`);
      count += 1;
    }
  } finally {
    await trash.close();
  }
  io.stdout(count === 0 ? "No unused files.\n" : `${count} moved to ${join(root, token)}.\n`);
  return exitCodes.ok;
}

/** A text is put beside its conversation before that names it: a server at work, or a crash, may have some that are so. */
async function whileAlone({ folder, dataDirectory }: CommandFolder, work: () => Promise<number>): Promise<number> {
  const taken = await takeFolder({ folder, dataDirectory: join(dataDirectory, "..", ".."), info: {} });
  if (taken.outcome === "held") {
    throw new UsageProblem(`Folio runs for this folder (process ${taken.by.pid}). End it first. Nothing was changed.`);
  }
  try {
    const journal = await openJournal({ directory: join(dataDirectory, "journal") });
    const isWhole = journal.recovered().length === 0;
    await journal.close();
    if (isWhole) return await work();
    throw new UsageProblem(
      "Folio's journal holds what is not in its files yet. Start Folio once on this folder, end it, then try again. Nothing was changed.",
    );
  } finally {
    await taken.release();
  }
}

function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString("en")} KiB`;
}
