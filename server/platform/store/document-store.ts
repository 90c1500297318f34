/** The port to a workspace's documents: five verbs. Paths are relative to the workspace, with `/`, already in NFC or as found. */

/** Lower-case hexadecimal SHA-256 of the bytes. */
export type Revision = string;

export interface StoredDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly revision: Revision;
  /** Milliseconds since 1970, from the file. */
  readonly modified: number;
}

export interface ListedDocument {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  /** Set when the file has other names too (hard links): a write replaces this name and leaves those as they were. */
  readonly hasOtherNames?: true;
}

export type WriteResult =
  | { readonly outcome: "written"; readonly revision: Revision; readonly modified: number }
  /** Somebody else changed it since `expected`; nothing was written. `current` is undefined when it is gone. */
  | { readonly outcome: "stale"; readonly current: StoredDocument | undefined };

export type StoreFailureCode =
  | "outside"
  | "not-a-file"
  | "not-found"
  | "too-large"
  | "no-permission"
  | "read-only"
  | "disk-full"
  | "bad-name"
  /** The folder itself is missing, or another one is at its path. */
  | "away"
  | "io";

/** Thrown by the store for what it cannot do; `message` is for a person. */
export class StoreFailure extends Error {
  readonly code: StoreFailureCode;
  readonly path: string;
  constructor(code: StoreFailureCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreFailure";
    this.code = code;
    this.path = path;
  }
}

export type StoreChange =
  | { readonly type: "changed"; readonly path: string }
  | { readonly type: "removed"; readonly path: string };

/** What was left out of a list, for a person to hear of. */
export interface Skipped {
  readonly path: string;
  readonly reason: "link" | "special" | "bad-name" | "no-permission";
}

export interface DocumentStore {
  /**
   * Regular files below `folder` (empty: all) whose name ends with `suffix`. Links, devices, sockets are left out;
   * `onSkipped` is told of each.
   */
  list(
    folder: string,
    suffix: string,
    onSkipped?: (skipped: Skipped) => void,
  ): AsyncIterable<readonly ListedDocument[]>;
  /** Regular files right in `folder` (empty: the root) that have one of these names. Nothing else is looked at. */
  find(folder: string, isWanted: (name: string) => boolean): Promise<readonly ListedDocument[]>;
  /** @throws StoreFailure */
  read(path: string): Promise<StoredDocument>;
  /**
   * Replaces the whole document durably: lock, read again, compare with `expected` (undefined: must not exist),
   * temporary file, fsync, rename, fsync of the directory.
   * @throws StoreFailure
   */
  write(path: string, bytes: Uint8Array, expected: Revision | undefined): Promise<WriteResult>;
  /** Adds bytes at the end durably, under the same lock; makes the document when it is not there. @throws StoreFailure */
  append(path: string, bytes: Uint8Array): Promise<Revision>;
  /** Removes it if it still has `expected`. @throws StoreFailure */
  remove(path: string, expected: Revision): Promise<WriteResult>;
}
