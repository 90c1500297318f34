import type { DocumentChange } from "../../../shared/documents.ts";
import { createPathQueue } from "../../platform/path-queue.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readText } from "../document-text.ts";
import { countLines } from "./count-lines.ts";
import { keptVersions, versionBounds } from "./thin-out.ts";
import { type Content, createVersionFiles, type VersionFiles, versionedBytes } from "./version-files.ts";
import type { StoredVersion, VersionIndex } from "./version-index.ts";

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
  const queue = createPathQueue();
  return {
    list: async (path) => (await files.known(path)).versions,
    content: files.content,
    see: (path, found) =>
      queue.run(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        const index = await files.fresh(path);
        const { versions, intent } = index;
        if (versions.at(-1)?.revision === found.revision) return;
        if (intent?.revision === found.revision) await files.add(path, { type: "version", ...intent });
        else await record({ files, path, index }, found, { by: "outside", at: now() });
      }),
    intend: (path, found, change) =>
      queue.run(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        await files.keep(path, found);
        const index = await files.fresh(path);
        await files.add(path, { type: "intent", ...(await compared({ files, path, index }, found, change)) });
      }),
    record: (path, found, change) =>
      queue.run(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        await record({ files, path, index: await files.fresh(path) }, found, change);
      }),
    link: (path, revision, facts) => queue.run(path, () => files.add(path, { type: "link", revision, ...facts })),
    forget: files.forget,
  };
}

interface Place {
  readonly files: VersionFiles;
  readonly path: string;
  readonly index: VersionIndex;
}

async function record(place: Place, found: Content, change: DocumentChange): Promise<void> {
  const { files, path, index } = place;
  await files.keep(path, found);
  const version = await compared(place, found, change);
  await files.add(path, { type: "version", ...version });
  const versions = [...index.versions, version];
  if (keptVersions(versions, versionBounds).length < versions.length) await files.thin(path);
}

async function compared(
  { files, path, index }: Place,
  { revision, bytes }: Content,
  change: DocumentChange,
): Promise<StoredVersion> {
  const last = index.versions.at(-1);
  const before = last === undefined ? undefined : await files.content(path, last.revision);
  const { added, removed } = countLines(before === undefined ? "" : readText(before).text, readText(bytes).text);
  // The first version takes nothing away.
  return { revision, size: bytes.length, added, removed: before === undefined ? 0 : removed, ...change };
}
