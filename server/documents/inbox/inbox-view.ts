import { encodeText } from "../../../shared/chat-format/bytes.ts";
import { type DocumentStore, StoreFailure } from "../../platform/store/document-store.ts";
import { readOrNothing } from "../task-log/find-task-log.ts";

export const INBOX_FOLDER = "codex-inbox";

export interface InboxView {
  readonly folder: typeof INBOX_FOLDER;
  readonly exists: boolean;
  /** Files in `done/`. */
  readonly taken: number;
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

const README = `Leave files for Folio here.

*.json  one entry of the task log, or an array of them: {"agent": "...", "summary": "...", "output_files": ["..."]}
*.md    a proposed task: the first heading is its title

Folio adds them to .codex/ and moves them to done/. A file that it cannot take stays here; the page says why.
`;

/** `refused`: reasons by path. */
export async function viewInbox(
  store: DocumentStore,
  refused: ReadonlyMap<string, { readonly reason: string }>,
): Promise<InboxView> {
  const reasons = [...refused].map(([path, { reason }]) => ({ file: path.slice(INBOX_FOLDER.length + 1), reason }));
  const problem = await folderProblem(store);
  const done = problem === undefined ? await store.find(`${INBOX_FOLDER}/done`, () => true).catch(() => []) : [];
  const wrong = problem === undefined || problem === "missing" ? [] : [{ file: INBOX_FOLDER, reason: problem }];
  return {
    ...{ folder: INBOX_FOLDER, exists: problem !== "missing", taken: done.length },
    refused: [...wrong, ...reasons],
  };
}

/** Makes the folder, with a text in it that says what it is for. @throws StoreFailure */
export async function makeInbox(store: DocumentStore): Promise<void> {
  const path = `${INBOX_FOLDER}/README.txt`;
  if ((await readOrNothing(store, path)) === undefined) await store.write(path, encodeText(README), undefined);
}

/** `missing`, why it cannot be used, or undefined for a folder. */
async function folderProblem(store: DocumentStore): Promise<string | undefined> {
  try {
    await store.find(INBOX_FOLDER, () => false);
    await store.read(INBOX_FOLDER);
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    if (error.code === "not-found") return "missing";
    // What a folder answers to who would read it as a file.
    return error.code === "not-a-file" ? undefined : error.message;
  }
  return "A file stands where the folder should be.";
}
