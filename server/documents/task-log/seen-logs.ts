/** What the logs held when they were last seen, in the app's own data: what a rewrite is detected by. */
import { concatBytes, decodeText, encodeText, LINE_FEED } from "../../../shared/chat-format/bytes.ts";
import type { TaskLogSeen } from "../../../shared/codex-format/task-log/task-log.ts";
import type { DocumentStore, StoredDocument } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { hexDigest } from "./digest.ts";

export interface SeenLog {
  readonly seen: TaskLogSeen;
  /** The whole file as it was. */
  readonly bytes: Uint8Array;
  /** Of the record, to replace it with. */
  readonly revision: string;
}

export interface SeenLogs {
  read(path: string): Promise<SeenLog | undefined>;
  /**
   * Replaces what was read or written here last. False when there is what was not: another process has kept what it saw,
   * and that stays. @throws StoreFailure
   */
  write(path: string, content: { readonly bytes: Uint8Array; readonly length: number }): Promise<boolean>;
  /** What is there counts as not read. */
  forget(path: string): void;
}

/** What is known of a record without its bytes. */
interface Known {
  readonly revision: string;
  readonly sha256: string;
  readonly size: number;
}

/** `store` lies in the app's data about the workspace. A record is a line of JSON and then the file's bytes. */
export function createSeenLogs(store: DocumentStore): SeenLogs {
  const known = new Map<string, Known>();
  const read = async (path: string): Promise<SeenLog | undefined> => {
    const document = await readIfThere(store, recordOf(path));
    const seen = document === undefined ? undefined : readRecord(document);
    if (seen === undefined) known.delete(path);
    else known.set(path, { revision: seen.revision, sha256: seen.seen.sha256, size: seen.bytes.length });
    return seen;
  };
  return {
    read,
    write: async (path, { bytes, length }) => {
      const before = known.get(path);
      const sha256 = hexDigest(bytes.subarray(0, length));
      if (before?.sha256 === sha256 && before.size === bytes.length) return true;
      const record = concatBytes([encodeText(`${JSON.stringify({ path, length, sha256 })}\n`), bytes]);
      let result = await store.write(recordOf(path), record, before?.revision);
      // One that cannot be read would stay for ever.
      if (result.outcome === "stale" && result.current !== undefined && readRecord(result.current) === undefined) {
        result = await store.write(recordOf(path), record, result.current.revision);
      }
      if (result.outcome === "written") known.set(path, { revision: result.revision, sha256, size: bytes.length });
      else known.delete(path);
      return result.outcome === "written";
    },
    forget: (path) => void known.delete(path),
  };
}

/** Undefined for a record that does not hold what it says: nothing can be compared with it. */
function readRecord({ bytes: record, revision }: StoredDocument): SeenLog | undefined {
  const end = record.indexOf(LINE_FEED);
  const seen = readHead(decodeText(record.subarray(0, Math.max(end, 0))));
  const bytes = record.subarray(end + 1);
  return seen === undefined || seen.length > bytes.length ? undefined : { seen, bytes, revision };
}

function recordOf(path: string): string {
  return `seen-${hexDigest(path).slice(0, 24)}`;
}

function readHead(line: string): TaskLogSeen | undefined {
  try {
    const { length, sha256 } = JSON.parse(line) as Record<string, unknown>;
    return typeof length === "number" && typeof sha256 === "string" ? { length, sha256 } : undefined;
  } catch {
    return undefined;
  }
}
