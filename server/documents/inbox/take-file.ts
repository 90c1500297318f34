import type { NewProposal } from "../../../shared/codex-format/proposals/board.ts";
import { appendProposal } from "../../../shared/codex-format/proposals/compose-proposal.ts";
import { readBoard } from "../../../shared/codex-format/proposals/read-board.ts";
import type { Clock } from "../../platform/clock.ts";
import { Problem } from "../../platform/problem.ts";
import { type DocumentStore, type StoredDocument, StoreFailure } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { isParsed } from "../parsed-bounds.ts";
import type { NewLogEntry, WriteBytes } from "../task-log-port.ts";
import { readInboxEntries } from "./inbox-entries.ts";
import { readInboxProposal } from "./inbox-proposal.ts";
import { INBOX_FOLDER } from "./inbox-view.ts";
import type { Settled } from "./settled.ts";

export interface TakeDependencies {
  readonly store: DocumentStore;
  readonly write: WriteBytes;
  readonly appendEntries: (entries: readonly NewLogEntry[]) => Promise<unknown>;
  readonly onChanged: (path: string) => void;
  readonly clock: Clock;
  readonly settled: Settled;
}

export type Taken =
  | { readonly outcome: "taken" | "gone" }
  /** Refused before, and the same still. */
  | { readonly outcome: "unchanged" }
  /** Somebody may still be writing it. */
  | { readonly outcome: "waits" }
  /** `revision` undefined: the reason does not lie in the file, so it is tried again. */
  | { readonly outcome: "refused"; readonly revision: string | undefined; readonly reason: string };

const BOARDS = [".codex/PROPOSED-TASKS.md", "PROPOSED-TASKS.md"];

/** Takes one file of the inbox: its content is in the log or on the board before the file moves to `done/`. */
export async function takeFile(
  dependencies: TakeDependencies,
  path: string,
  refusedRevision: string | undefined,
): Promise<Taken> {
  try {
    const document = await readIfThere(dependencies.store, path);
    if (document === undefined) return { outcome: "gone" };
    if (document.revision === refusedRevision) return { outcome: "unchanged" };
    const isEntry = /\.json$/i.test(path);
    const reason = await (isEntry ? takeEntries(dependencies, document) : takeProposal(dependencies, document));
    if (reason === "waits") return { outcome: "waits" };
    if (reason !== undefined) return { outcome: "refused", revision: document.revision, reason };
    await moveToDone(dependencies.store, document);
    dependencies.settled.forget(path);
    return { outcome: "taken" };
  } catch (error) {
    return { outcome: "refused", revision: undefined, reason: reasonOf(error) };
  }
}

/** Resolves to why it was not taken; undefined when it was. */
async function takeEntries(
  { appendEntries, clock, settled }: TakeDependencies,
  { path, bytes, revision }: StoredDocument,
): Promise<string | undefined> {
  const read = readInboxEntries(nameOf(path), bytes, clock.now());
  if (read.outcome === "entries") {
    await appendEntries(read.entries);
    return undefined;
  }
  return read.isHalf && !settled.isSettled(path, revision) ? "waits" : read.reason;
}

async function takeProposal(
  dependencies: TakeDependencies,
  { path, bytes, revision }: StoredDocument,
): Promise<string | undefined> {
  const { clock, settled } = dependencies;
  // Any beginning of a text is a text: only waiting tells whether it is whole.
  if (!settled.isSettled(path, revision)) return "waits";
  const read = readInboxProposal(nameOf(path), bytes, clock.now());
  return read.outcome === "refused" ? read.reason : addToBoard(dependencies, read.proposal);
}

async function addToBoard(
  { store, write, onChanged }: TakeDependencies,
  proposal: NewProposal,
): Promise<string | undefined> {
  const summary = `Proposed in ${INBOX_FOLDER}/: ${proposal.title}`;
  for (;;) {
    const { path, board } = await findBoard(store);
    const bytes = board?.bytes ?? new Uint8Array();
    if (!isParsed(bytes)) return `“${path}” is too large to be read, so Folio adds nothing.`;
    if (readBoard(bytes).cards.some(({ key }) => key === proposal.key)) return undefined;
    const next = appendProposal(bytes, proposal);
    if (next === undefined) return `“${path}” is a board of another form, to which Folio adds nothing.`;
    const written = await write(path, next, board?.revision, { by: "agent", agent: proposal.proposedBy, summary });
    if (written.outcome === "stale") continue;
    onChanged(path);
    return undefined;
  }
}

async function findBoard(
  store: DocumentStore,
): Promise<{ readonly path: string; readonly board: StoredDocument | undefined }> {
  for (const path of BOARDS) {
    const board = await readIfThere(store, path);
    if (board !== undefined) return { path, board };
  }
  return { path: BOARDS[0] ?? "", board: undefined };
}

/** A copy in `done/` first, under a new name when the old one is taken by something else; then the file goes. */
async function moveToDone(store: DocumentStore, { path, bytes, revision }: StoredDocument): Promise<void> {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  for (let number = 1; ; number += 1) {
    const kept = number === 1 ? name : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
    const result = await store.write(`${INBOX_FOLDER}/done/${kept}`, bytes, undefined);
    if (result.outcome === "written" || result.current?.revision === revision) break;
  }
  // Changed since it was read: then it is another file, to be taken too.
  await store.remove(path, revision);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.detail === undefined ? error.message : `${error.message} ${error.detail}`;
  return error instanceof StoreFailure ? error.message : `It could not be taken: ${String(error)}`;
}
