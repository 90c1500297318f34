/** `proposals list FOLDER`: the cards of the board, Folio's own or somebody else's. */
import type { BoardCard } from "../../shared/codex-format/proposals/board.ts";
import { boardJson } from "../../shared/codex-format/proposals/board-json.ts";
import { readBoard } from "../../shared/codex-format/proposals/read-board.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { findParsedDocument } from "./find-document.ts";
import { folderCommand } from "./folder-command.ts";
import { aligned, shortened } from "./terminal-text.ts";

const USAGE = "Usage:\n  proposals list FOLDER [--json]   the proposed tasks of the folder\n";

/** `folio proposals …`; resolves to the exit code. */
export function proposalsCommand(args: readonly string[], io: CommandInput): Promise<number> {
  return folderCommand(args, io, {
    verb: "list",
    usage: USAGE,
    run: async ({ store }, { isJson }) => {
      const document = await findParsedDocument(store, "proposals", ".codex/PROPOSED-TASKS.md");
      const board = readBoard(document?.bytes ?? new Uint8Array());
      if (isJson) io.stdout(`${JSON.stringify(boardJson(board))}\n`);
      else if (board.cards.length === 0) io.stdout("No proposed tasks.\n");
      else io.stdout(aligned(board.cards.map(toRow)));
      return exitCodes.ok;
    },
  });
}

function toRow(card: BoardCard): readonly string[] {
  const { key = "–", status, statusText, lane, title } = card;
  return [shortened(key, 24), shortened(status ?? statusText ?? lane ?? "–", 24), shortened(title, 120)];
}
