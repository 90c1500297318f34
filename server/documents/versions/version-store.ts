import type { DocumentChange } from "../../../shared/documents.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readText } from "../document-text.ts";
import { createInTurn } from "../in-turn.ts";
import { countLines } from "./count-lines.ts";
import { type Content, createVersionFiles, type VersionFiles, versionedBytes } from "./version-files.ts";
import type { StoredVersion } from "./version-index.ts";

/** Every content of a document that Folio has seen, in the app's own data. */
export interface VersionStore {
  /** Oldest first. */
  list(path: string): Promise<readonly StoredVersion[]>;
  content(path: string, revision: string): Promise<Uint8Array | undefined>;
  /** The file holds this now: a version by somebody else, unless it is the last one or the one that was intended. */
  see(path: string, content: Content): Promise<void>;
  /** Before a write of ours: keeps the content and says whose it will be. */
  intend(path: string, content: Content, change: DocumentChange): Promise<void>;
  /** After the write. */
  record(path: string, content: Content, change: DocumentChange): Promise<void>;
  link(
    path: string,
    revision: string,
    facts: { readonly taskId?: string; readonly logRef?: string; readonly summary?: string },
  ): Promise<void>;
  /** Another process may have added versions. */
  forget(path: string): void;
}

export function createVersionStore(own: DocumentStore, now: () => string): VersionStore {
  const files = createVersionFiles(own);
  const inTurn = createInTurn();
  return {
    list: async (path) => (await files.known(path)).versions,
    content: files.content,
    see: (path, found) =>
      inTurn(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        const { versions, intent } = await files.fresh(path);
        if (versions.at(-1)?.revision === found.revision) return;
        if (intent?.revision === found.revision) await files.add(path, { type: "version", ...intent });
        else await record(files, path, found, { by: "outside", at: now() });
      }),
    intend: (path, found, change) =>
      inTurn(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        await files.keep(path, found);
        await files.add(path, { type: "intent", ...(await compared(files, path, found, change)) });
      }),
    record: (path, found, change) =>
      inTurn(path, async () => {
        if (found.bytes.length <= versionedBytes) await record(files, path, found, change);
      }),
    link: (path, revision, facts) => inTurn(path, () => files.add(path, { type: "link", revision, ...facts })),
    forget: files.forget,
  };
}

async function record(files: VersionFiles, path: string, found: Content, change: DocumentChange): Promise<void> {
  await files.keep(path, found);
  await files.add(path, { type: "version", ...(await compared(files, path, found, change)) });
  await files.thin(path);
}

async function compared(
  files: VersionFiles,
  path: string,
  { revision, bytes }: Content,
  change: DocumentChange,
): Promise<StoredVersion> {
  const last = (await files.fresh(path)).versions.at(-1);
  const before = last === undefined ? undefined : await files.content(path, last.revision);
  const counts = countLines(before === undefined ? "" : readText(before).text, readText(bytes).text);
  // The first version takes nothing away.
  return {
    revision,
    size: bytes.length,
    added: counts.added,
    removed: before === undefined ? 0 : counts.removed,
    ...change,
  };
}
