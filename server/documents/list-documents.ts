import {
  type DocumentStore,
  type ListedDocument,
  type Skipped,
  StoreFailure,
} from "../platform/store/document-store.ts";
import { documentKind, documentsFolder, isRootName, isSecret } from "./document-names.ts";
import { whyNoFolder } from "./why-no-folder.ts";

export interface DocumentList {
  /** Below `.codex/`, then those at the root, by path. */
  readonly documents: readonly ListedDocument[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  /** Whether `.codex/` holds anything. */
  readonly exists: boolean;
}

export interface ListBounds {
  readonly documents: number;
  /** After so many names of any kind the rest of the folder is not looked at: it may hold millions. */
  readonly names: number;
}

const listBounds: ListBounds = { documents: 2_000, names: 20_000 };
const mostLeftOut = 100;

const reasons: Readonly<Record<Skipped["reason"], string>> = {
  link: "A link. Folio follows none.",
  special: "No regular file.",
  "bad-name": "A name that not every system can hold.",
  "no-permission": "Folio may not read it.",
};

/** What is there of a workspace's documents, without reading any of them. */
export async function listDocuments(store: DocumentStore, bounds = listBounds): Promise<DocumentList> {
  const documents: ListedDocument[] = [];
  const leftOut: { path: string; reason: string }[] = [];
  let more = 0;
  const leave = (path: string, reason: string): void => {
    if (leftOut.length < mostLeftOut) leftOut.push({ path, reason });
    else more += 1;
  };
  let names = 0;
  const blocked = await whyNoFolder(store, documentsFolder).catch(() => undefined);
  if (blocked !== undefined) leave(documentsFolder, blocked);
  try {
    const skipped = ({ path, reason }: Skipped): void => leave(path, reasons[reason]);
    for await (const batch of store.list(documentsFolder, "", skipped)) {
      names += batch.length;
      for (const listed of batch) {
        if (documentKind(listed.path) !== undefined) documents.push(listed);
        else leave(listed.path, isSecret(listed.path) ? "Secret of Codex CLI: never read." : "Another kind of file.");
      }
      if (documents.length <= bounds.documents && names <= bounds.names) continue;
      leave(`${documentsFolder}/`, `It holds more than ${bounds.documents} documents: the others are left out.`);
      break;
    }
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    if (blocked === undefined) leave(`${documentsFolder}/`, error.message);
  }
  documents.splice(bounds.documents);
  documents.sort(byPath);
  const atRoot = [...(await store.find("", isRootName))].sort(byPath);
  if (more > 0) leftOut.push({ path: `${documentsFolder}/`, reason: `${more} more files are left out.` });
  const exists = names > 0 || leftOut.length > 0;
  return { documents: [...documents, ...atRoot], leftOut, exists };
}

function byPath(left: ListedDocument, right: ListedDocument): number {
  if (left.path === right.path) return 0;
  return left.path < right.path ? -1 : 1;
}
