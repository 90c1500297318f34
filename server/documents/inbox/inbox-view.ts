import { encodeText } from "../../../shared/chat-format/bytes.ts";
import { visibleText } from "../../../shared/codex-format/documents/visible-text.ts";
import { type DocumentStore, StoreFailure } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";

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
  const problem = await folderProblem(store);
  const odd = problem === undefined ? await oddFiles(store) : [];
  const reasons = [...refused].map(([path, { reason }]) => ({ file: shownName(nameIn(path)), reason }));
  const known = new Set(reasons.map(({ file }) => file));
  const done = problem === undefined ? await store.find(`${INBOX_FOLDER}/done`, () => true).catch(() => []) : [];
  const wrong = problem === undefined || problem === "missing" ? [] : [{ file: INBOX_FOLDER, reason: problem }];
  return {
    ...{ folder: INBOX_FOLDER, exists: problem !== "missing", taken: done.length },
    refused: [...wrong, ...reasons, ...odd.filter(({ file }) => !known.has(file))],
  };
}

const expected = new Set(["done", "README.txt"]);
const mostOdd = 100;
const mostNames = 20_000;

/** What is no regular file with a name that every system can hold: it is never taken, and nothing else tells of it. */
async function oddFiles(store: DocumentStore): Promise<InboxView["refused"]> {
  const names = new Set<string>();
  const isName = (name: string): boolean => {
    if (!expected.has(name) && !name.startsWith(".") && names.size < mostNames) names.add(name);
    return true;
  };
  for (const { path } of await store.find(INBOX_FOLDER, isName)) names.delete(nameIn(path));
  const odd: { file: string; reason: string }[] = [];
  for (const name of [...names].sort().slice(0, mostOdd)) {
    const reason = await whyNotRead(store, `${INBOX_FOLDER}/${name}`);
    if (reason !== undefined) odd.push({ file: shownName(name), reason });
  }
  if (names.size > mostOdd) odd.push({ file: INBOX_FOLDER, reason: `${names.size - mostOdd} more cannot be taken.` });
  return odd;
}

/** Undefined when it can be read after all, or is gone. */
async function whyNotRead(store: DocumentStore, path: string): Promise<string | undefined> {
  try {
    await store.read(path);
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    return error.code === "not-found" ? undefined : error.message;
  }
}

function nameIn(path: string): string {
  return path.slice(INBOX_FOLDER.length + 1);
}

/** On one line, with everything in sight that would act on a page or a terminal. */
function shownName(name: string): string {
  const shown = visibleText(name.toWellFormed()).replaceAll(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown;
}

/** Makes the folder, with a text in it that says what it is for. @throws StoreFailure */
export async function makeInbox(store: DocumentStore): Promise<void> {
  const path = `${INBOX_FOLDER}/README.txt`;
  if ((await readIfThere(store, path)) === undefined) await store.write(path, encodeText(README), undefined);
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
