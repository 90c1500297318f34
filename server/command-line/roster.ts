/** `roster list FOLDER`: the agents of a project. */
import { readRoster } from "../../shared/codex-format/roster/read-roster.ts";
import { rosterJson } from "../../shared/codex-format/roster/roster-json.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { findParsedDocument } from "./find-document.ts";
import { folderCommand } from "./folder-command.ts";
import { aligned, shortened } from "./terminal-text.ts";

const USAGE = "Usage:\n  roster list FOLDER [--json]   the agents of the folder's roster\n";

/** `folio roster …`; resolves to the exit code. */
export function rosterCommand(args: readonly string[], io: CommandInput): Promise<number> {
  return folderCommand(args, io, {
    verb: "list",
    usage: USAGE,
    run: async ({ store }, { isJson }) => {
      const document = await findParsedDocument(store, "roster", ".codex/AGENTS.md");
      const roster = readRoster(document?.bytes ?? new Uint8Array(), document?.path ?? ".codex/AGENTS.md");
      if (isJson) io.stdout(`${JSON.stringify(rosterJson(roster))}\n`);
      else if (roster.agents.length === 0) io.stdout("No roster.\n");
      else {
        const rows = roster.agents.map(({ key, role = "–", writes }) => {
          return [shortened(key, 32), shortened(writes?.path ?? "–", 48), shortened(role, 80)];
        });
        io.stdout(aligned(rows));
      }
      return exitCodes.ok;
    },
  });
}
