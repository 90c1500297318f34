import { type Dirent, type FSWatcher, watch } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { basename, join } from "node:path";
import { nameRefusal } from "./document-path.ts";
import type { StoreChange } from "./document-store.ts";
import { errorCode, whenThere } from "./error-code.ts";
import { classify } from "./list-folder.ts";

export interface WatchedTreeOptions {
  /** Real path of the folder that all paths are relative to. */
  readonly root: string;
  readonly suffixes: readonly string[];
  readonly onChange: (change: StoreChange) => void;
  readonly onProblem: (problem: string) => void;
}

interface WatchedDirectory {
  readonly folder: string;
  /** Device, inode, birth: a folder of the same name, even of the same inode, may be another one. */
  readonly identity: string;
  /** Missing where the system had no watch left; then the folder is only looked at now and then. */
  readonly watcher: FSWatcher | undefined;
  readonly documents: Set<string>;
}

/**
 * `quiet`: learn the names and tell nothing. Else: tell of documents that are new, that changed after `since`
 * (milliseconds since 1970; 0: all) or that are gone.
 */
export type LookMode = "quiet" | { readonly since: number };

interface Seen {
  readonly name: string;
  readonly since: number;
}

/** Events within this time are looked at together: one save is several of them. */
const GATHER_MS = 15;
/** A file that vanished may be an editor's save between two renames: it counts as removed when it stays away this long. */
const GRACE_MS = 250;
const AT_ONCE = 32;
/** Names that wait to be looked at in one go; above this the system may have dropped events, so everything is looked at. */
const FLOOD = 4_000;

/**
 * Follows the documents of some folders with one system watch a directory and no look at any file that does not
 * change. It keeps the names, since a folder that is moved away is one event, and the tree below it is gone.
 */
export class WatchedTree {
  readonly #options: WatchedTreeOptions;
  readonly #directories = new Map<string, WatchedDirectory>();
  #touched = new Map<string, Set<string>>();
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Everything that looks at the disk happens one after the other. */
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: WatchedTreeOptions) {
    this.#options = options;
  }

  /** Begins to follow a folder. False when it is not there. */
  open(folder: string, mode: LookMode): Promise<boolean> {
    return this.#inTurn(() => this.#attach(folder, mode));
  }

  /** Whether the folder that is followed is still the one at its path; drops it when not. */
  verify(folder: string): Promise<boolean> {
    return this.#inTurn(() => this.#isStillThere(folder));
  }

  /** Looks at every folder again, for what the system did not tell. */
  rescan(since: number): Promise<void> {
    return this.#inTurn(async () => {
      for (const directory of [...this.#directories.values()]) await this.#look(directory, { since });
    });
  }

  /** Looks again at those folders that the system does not watch for us. */
  async rescanUnwatched(since: number): Promise<void> {
    const unwatched = [...this.#directories.values()].filter(({ watcher }) => watcher === undefined);
    for (const directory of unwatched) await this.#inTurn(() => this.#look(directory, { since }));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { watcher } of this.#directories.values()) watcher?.close();
    this.#directories.clear();
    await this.#work;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#work.then(work);
    this.#work = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  /** For what nobody waits for. */
  async #orReport(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.onProblem(`Changes could not be looked at (${errorCode(error) ?? String(error)}).`);
    }
  }

  async #isStillThere(folder: string): Promise<boolean> {
    const known = this.#directories.get(folder);
    if (known === undefined) return false;
    if ((await this.#identityOf(folder)) === known.identity) return true;
    this.#drop(folder);
    return false;
  }

  async #identityOf(folder: string): Promise<string | undefined> {
    const found = await whenThere(lstat(join(this.#options.root, folder), { bigint: true }));
    return found?.isDirectory() === true ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : undefined;
  }

  async #attach(folder: string, mode: LookMode): Promise<boolean> {
    const identity = await this.#identityOf(folder);
    if (identity === undefined || this.#isClosed) return false;
    if (this.#directories.get(folder)?.identity === identity) return true;
    this.#drop(folder);
    const directory = { folder, identity, watcher: this.#watch(folder), documents: new Set<string>() };
    this.#directories.set(folder, directory);
    // After the watch began, so that nothing falls between the two.
    await this.#look(directory, mode);
    return true;
  }

  #watch(folder: string): FSWatcher | undefined {
    const path = join(this.#options.root, folder);
    try {
      const watcher = watch(path, { persistent: false });
      watcher.on("change", (_type, name) => this.#touch(folder, typeof name === "string" ? name : basename(path)));
      watcher.on("error", () => this.#touch(folder, basename(path)));
      return watcher;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      this.#options.onProblem(
        `The system cannot watch “${folder}” (${errorCode(error)}): changes there are seen within 5 s instead of at once.`,
      );
      return undefined;
    }
  }

  /** Reads a folder's names, and those of the folders below it that are new. */
  async #look(directory: WatchedDirectory, mode: LookMode): Promise<void> {
    const { folder, documents } = directory;
    const entries = await this.#entries(folder);
    if (entries === undefined) return;
    const gone = new Set(documents);
    const folders: string[] = [];
    let seen: Seen[] = [];
    for await (const entry of entries) {
      const kind = this.#kindOf(entry);
      if (kind === "folder") folders.push(`${folder}/${entry.name}`);
      if (kind !== "document") continue;
      const isKnown = gone.delete(entry.name);
      documents.add(entry.name);
      if (mode === "quiet") continue;
      seen.push({ name: entry.name, since: isKnown ? mode.since : 0 });
      if (seen.length < AT_ONCE) continue;
      await this.#tellChanged(folder, seen);
      seen = [];
    }
    await this.#tellChanged(folder, seen);
    for (const name of gone) this.#tellRemoved(directory, name);
    for (const inside of folders) await this.#attach(inside, mode);
  }

  async #entries(folder: string): Promise<AsyncIterable<Dirent> | undefined> {
    try {
      return await opendir(join(this.#options.root, folder), { bufferSize: 512 });
    } catch (error) {
      if (errorCode(error) !== "ENOENT") {
        this.#options.onProblem(`“${folder}” cannot be read (${errorCode(error)}): changes there are not seen.`);
      }
      return undefined;
    }
  }

  #kindOf(entry: Dirent): "folder" | "document" | undefined {
    const suffix = this.#options.suffixes.find((one) => entry.name.endsWith(one));
    if (suffix === undefined && !entry.isDirectory()) return undefined;
    const kind = classify(entry, suffix ?? "");
    return kind === "folder" || kind === "document" ? kind : undefined;
  }

  async #tellChanged(folder: string, seen: readonly Seen[]): Promise<void> {
    const stats = await Promise.all(seen.map(({ name }) => whenThere(lstat(join(this.#options.root, folder, name)))));
    for (const [index, { name, since }] of seen.entries()) {
      const found = stats[index];
      if (found?.isFile() !== true || found.ctimeMs < since) continue;
      this.#options.onChange({ type: "changed", path: `${folder}/${name}` });
    }
  }

  #tellRemoved(directory: WatchedDirectory, name: string): void {
    if (!directory.documents.delete(name)) return;
    this.#options.onChange({ type: "removed", path: `${directory.folder}/${name}` });
  }

  /** Forgets a folder and all below it, and tells that their documents are gone. */
  #drop(folder: string): void {
    for (const directory of [...this.#directories.values()]) {
      if (directory.folder !== folder && !directory.folder.startsWith(`${folder}/`)) continue;
      directory.watcher?.close();
      this.#directories.delete(directory.folder);
      for (const name of [...directory.documents]) this.#tellRemoved(directory, name);
    }
  }

  #touch(folder: string, name: string): void {
    if (this.#isClosed) return;
    this.#count += 1;
    const names = this.#touched.get(folder) ?? new Set();
    this.#touched.set(folder, names.add(name));
    this.#timer ??= setTimeout(() => void this.#orReport(this.#settle()), GATHER_MS);
  }

  async #settle(): Promise<void> {
    const [touched, count] = [this.#touched, this.#count];
    [this.#touched, this.#count, this.#timer] = [new Map(), 0, undefined];
    // Two seconds: no disk stores times more coarsely.
    const since = Date.now() - GATHER_MS - 2_000;
    await this.#inTurn(async () => {
      for (const [folder, names] of touched) await this.#settleFolder(folder, [...names]);
    });
    if (count > FLOOD && !this.#isClosed) await this.rescan(since);
  }

  async #settleFolder(folder: string, names: readonly string[]): Promise<void> {
    // A system tells of a folder's own end under the folder's own name.
    if (names.includes(basename(folder)) && !(await this.#isStillThere(folder))) return;
    for (let start = 0; start < names.length; start += AT_ONCE) {
      const some = names.slice(start, start + AT_ONCE);
      await Promise.all(some.map((name) => this.#orReport(this.#settleName(folder, name))));
    }
  }

  async #settleName(folder: string, name: string): Promise<void> {
    const directory = this.#directories.get(folder);
    if (directory === undefined || nameRefusal(name, "existing") !== undefined) return;
    const path = `${folder}/${name}`;
    const found = await whenThere(lstat(join(this.#options.root, path)));
    if (found?.isDirectory() === true) {
      if (name !== ".git" && name !== "node_modules") await this.#attach(path, { since: 0 });
      return;
    }
    if (this.#directories.has(path)) this.#drop(path);
    if (!this.#options.suffixes.some((suffix) => name.endsWith(suffix))) return;
    if (found?.isFile() === true) {
      directory.documents.add(name);
      this.#options.onChange({ type: "changed", path });
      return;
    }
    if (!directory.documents.has(name)) return;
    const again = () => this.#inTurn(() => this.#settleVanished(directory, name));
    setTimeout(() => void this.#orReport(again()), GRACE_MS).unref();
  }

  async #settleVanished(directory: WatchedDirectory, name: string): Promise<void> {
    if (this.#directories.get(directory.folder) !== directory) return;
    const found = await whenThere(lstat(join(this.#options.root, directory.folder, name)));
    // What came back has an event of its own.
    if (found?.isFile() !== true) this.#tellRemoved(directory, name);
  }
}
