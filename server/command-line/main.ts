/** Decides what `folio …` does. */
import { readFile, stat } from "node:fs/promises";
import { writeFileAtomic } from "../platform/store/write-file-atomic.ts";
import { programVersion } from "../program-version.ts";
import { readArguments } from "./arguments.ts";
import type { CommandInput } from "./command-input.ts";
import { commands } from "./commands.ts";
import { help } from "./help.ts";
import { printable } from "./terminal-text.ts";

export interface CommandContext {
  /** Where package.json and dist/ lie. */
  readonly programFolder: string;
}

/** The exit code, or undefined when the command goes on (a server) and sets it itself. */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number | undefined> {
  const command = readArguments(args, [...commands.keys()]);
  switch (command.type) {
    case "start": {
      const { folder } = command.start;
      if (folder !== undefined && !/[/\\]|^[.~]/.test(folder) && !(await isThere(folder))) {
        process.stderr.write(`${noSuchWord(folder)}\n`);
        return 2;
      }
      const { startServer } = await import("../main.ts");
      await startServer({ ...command.start, programFolder: context.programFolder });
      return undefined;
    }
    case "command": {
      const run = await commands.get(command.name)?.();
      return run?.(command.args, standardInput(context));
    }
    case "help":
      process.stdout.write(help);
      return 0;
    case "version":
      process.stdout.write(`${programVersion(context.programFolder)}\n`);
      return 0;
    case "mistake":
      process.stderr.write(`${command.message}\nfolio --help shows what there is.\n`);
      return 2;
  }
}

/** A word alone is a mistyped command more often than a new folder: that is given as a path. */
function noSuchWord(word: string): string {
  const shown = printable(word);
  return `There is no command and no folder named ${shown}. folio --help shows the commands; a new folder is given as ./${shown}.`;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function standardInput({ programFolder }: CommandContext): CommandInput {
  // `folio … | head` closes the pipe when it has seen enough: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  return {
    stdin: process.stdin,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    readFile: (path) => readFile(path),
    writeFile: writeFileAtomic,
    isFolder: (path) =>
      stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    programFolder,
  };
}
