import { type CommandInput, exitCodes } from "./command-input.ts";
import { readFolderArguments } from "./folder-arguments.ts";
import { type CommandFolder, withFolder } from "./open-folder.ts";
import { reportFailure } from "./report-failure.ts";

export interface FolderCommand {
  readonly verb: string;
  readonly usage: string;
  /** Resolves to the exit code. */
  readonly run: (opened: CommandFolder, asked: { readonly isJson: boolean }) => Promise<number>;
}

/** `folio NOUN VERB FOLDER [--json]`: the form of commands that read one folder and know one verb. */
export function folderCommand(args: readonly string[], io: CommandInput, command: FolderCommand): Promise<number> {
  return reportFailure(io, async () => {
    const [verb, ...rest] = args;
    if (verb !== command.verb) {
      io.stderr(command.usage);
      return exitCodes.failed;
    }
    const { folder, values } = readFolderArguments(rest, { json: { type: "boolean" } });
    return withFolder(folder, io, (opened) => command.run(opened, { isJson: values.json === true }));
  });
}
