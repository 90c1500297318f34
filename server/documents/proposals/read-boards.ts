import { knownCandidates } from "../../../shared/codex-format/documents/known-names.ts";
import type { Board } from "../../../shared/codex-format/proposals/board.ts";
import { readBoard } from "../../../shared/codex-format/proposals/read-board.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore, StoredDocument } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { documentKind, documentsFolder, isRootName } from "../document-names.ts";
import { isParsed, tooLargeToParse } from "../parsed-bounds.ts";

export const boardPath = ".codex/PROPOSED-TASKS.md";

export interface OpenBoard {
  readonly path: string;
  /** Undefined while there is no file. */
  readonly document: StoredDocument | undefined;
  readonly board: Board;
  /** Other files that may be a board, the best first. */
  readonly others: readonly string[];
}

/** Boards are parsed once for each content. */
export type BoardCache = (document: StoredDocument) => Board;

export function createBoardCache(): BoardCache {
  const known = new Map<string, { readonly revision: string; readonly board: Board }>();
  return (document) => {
    const { path, revision, bytes } = document;
    const held = known.get(path);
    if (held?.revision === revision) return held.board;
    if (!isParsed(bytes)) {
      throw new Problem("too-large", 413, `The board is too large to be read. It was left as it is.`, {
        detail: `${tooLargeToParse}: every card is sent to the page.`,
        facts: { path },
      });
    }
    const board = readBoard(bytes);
    if (known.size > 20) known.clear();
    known.set(path, { revision, board });
    return board;
  };
}

/**
 * The board that is asked for, or the one that is found by its name.
 * @throws Problem 404 `not-found` for a path that is no document, 413 `too-large`
 */
export async function openBoard(store: DocumentStore, parse: BoardCache, asked?: string): Promise<OpenBoard> {
  if (asked !== undefined) refuseOthers(asked);
  const candidates = await findBoards(store);
  const path = asked ?? candidates[0] ?? boardPath;
  const document = await readIfThere(store, path);
  const board = document === undefined ? readBoard(new Uint8Array()) : parse(document);
  return { path, document, board, others: candidates.filter((candidate) => candidate !== path) };
}

async function findBoards(store: DocumentStore): Promise<readonly string[]> {
  const isBoard = (path: string): boolean => documentKind(path) === "proposals";
  const [inside, atRoot] = await Promise.all([
    store.find(documentsFolder, (name) => isBoard(`${documentsFolder}/${name}`)),
    store.find("", (name) => isRootName(name) && isBoard(name)),
  ]);
  return knownCandidates(
    "proposals",
    [...inside, ...atRoot].map(({ path }) => path),
  );
}

function refuseOthers(path: string): void {
  const kind = documentKind(path);
  if (kind !== undefined && kind !== "foreign" && path.endsWith(".md")) return;
  throw new Problem("not-found", 404, "There is no such document.", { facts: { path } });
}
