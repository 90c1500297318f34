import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { DocumentChange } from "../../../shared/documents.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readText } from "../document-text.ts";
import { createInTurn } from "../in-turn.ts";
import { readIfThere } from "../read-if-there.ts";
import { countLines } from "./count-lines.ts";
import { thinOut } from "./thin-out.ts";
import { readVersionIndex, type StoredVersion, type VersionIndex, writeVersionLine } from "./version-index.ts";

export interface Content {
  readonly revision: string;
  readonly bytes: Uint8Array;
}

/**
 * Every content of a document that Folio has seen, in the app's own data:
 * `versions/<hash of the path>/<revision>.gz` and `index.jsonl`, one line a version.
 */
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

/** A larger document has no versions kept; only a task log grows so far, and that one only grows at its end. */
export const versionedBytes = 4 * 1024 * 1024;

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

export function createVersionStore(own: DocumentStore, now: () => string): VersionStore {
  const known = new Map<string, VersionIndex>();
  const inTurn = createInTurn();

  const fresh = async (path: string): Promise<VersionIndex> => {
    const file = await readIfThere(own, indexOf(path));
    const index = readVersionIndex(file === undefined ? "" : readText(file.bytes).text);
    known.set(path, index);
    return index;
  };
  const content = async (path: string, revision: string): Promise<Uint8Array | undefined> => {
    const file = await readIfThere(own, blobOf(path, revision));
    return file === undefined ? undefined : await unzip(file.bytes, { maxOutputLength: 2 * versionedBytes });
  };
  const keep = async (path: string, { revision, bytes }: Content): Promise<void> => {
    if ((await readIfThere(own, blobOf(path, revision))) !== undefined) return;
    await own.write(blobOf(path, revision), await zip(bytes), undefined);
  };
  const add = async (path: string, type: "intent" | "version", version: StoredVersion): Promise<void> => {
    known.delete(path);
    await own.append(indexOf(path), Buffer.from(writeVersionLine({ type, ...version })));
  };
  const compared = async (path: string, found: Content, change: DocumentChange): Promise<StoredVersion> => {
    const last = (await fresh(path)).versions.findLast(({ revision }) => revision !== found.revision);
    const before = last === undefined ? undefined : await content(path, last.revision);
    const counts = countLines(before === undefined ? "" : readText(before).text, readText(found.bytes).text);
    const isFirst = before === undefined;
    return {
      revision: found.revision,
      size: found.bytes.length,
      ...counts,
      ...(isFirst ? { removed: 0 } : {}),
      ...change,
    };
  };
  const record = async (path: string, found: Content, change: DocumentChange): Promise<void> => {
    await keep(path, found);
    await add(path, "version", await compared(path, found, change));
    await thinOut(own, { index: indexOf(path), blobOf: (revision) => blobOf(path, revision) }, await fresh(path));
    known.delete(path);
  };

  return {
    list: async (path) => (known.get(path) ?? (await fresh(path))).versions,
    content,
    see: (path, found) =>
      inTurn(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        const { versions, intent } = await fresh(path);
        if (versions.at(-1)?.revision === found.revision) return;
        if (intent?.revision === found.revision) {
          await add(path, "version", intent);
          return;
        }
        await record(path, found, { by: "outside", at: now() });
      }),
    intend: (path, found, change) =>
      inTurn(path, async () => {
        if (found.bytes.length > versionedBytes) return;
        await keep(path, found);
        await add(path, "intent", await compared(path, found, change));
      }),
    record: (path, found, change) =>
      inTurn(path, async () => {
        if (found.bytes.length <= versionedBytes) await record(path, found, change);
      }),
    link: (path, revision, facts) =>
      inTurn(path, async () => {
        known.delete(path);
        await own.append(indexOf(path), Buffer.from(writeVersionLine({ type: "link", revision, ...facts })));
      }),
    forget: (path) => void known.delete(path),
  };
}

function folderOf(path: string): string {
  return `versions/${createHash("sha256").update(path).digest("hex").slice(0, 32)}`;
}

function indexOf(path: string): string {
  return `${folderOf(path)}/index.jsonl`;
}

function blobOf(path: string, revision: string): string {
  return `${folderOf(path)}/${revision}.gz`;
}
