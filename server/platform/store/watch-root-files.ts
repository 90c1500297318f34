import { type FSWatcher, watch } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StoreChange } from "./document-store.ts";
import { errorCode, whenThere } from "./error-code.ts";
import { nearestExisting, realPathOf } from "./folder-anchor.ts";
import type { FolderWatch } from "./watch-folder.ts";

export interface RootWatchOptions {
  /** The person's folder; it may be missing, and nothing is made in it. */
  readonly root: string;
  /** Names right in the root; what lies below it is never walked. */
  readonly isWanted: (name: string) => boolean;
  /** Called for every change, our own writes included: only the revision tells whose it is. */
  readonly onChange: (change: StoreChange) => void;
  /** Told, for the log, what cannot be watched. */
  readonly onProblem: (problem: string) => void;
}

/** Events within this time are looked at together: one save is several of them. */
const gatherMs = 15;
/** A file that vanished may be an editor's save between two renames: it counts as removed when it stays away this long. */
const graceMs = 250;
/** How often is looked whether the root is still the folder that is watched. */
const safetyMs = 5_000;

/** Tells of changes of a few named files right in the root, from when it resolves. */
export async function watchRootFiles(options: RootWatchOptions): Promise<FolderWatch> {
  const watching = new RootFiles(await realPathOf(options.root), options);
  await watching.follow("quiet");
  const safety = setInterval(() => void watching.follow("tell"), safetyMs).unref();
  return {
    async close() {
      clearInterval(safety);
      await watching.close();
    },
  };
}

class RootFiles {
  readonly #root: string;
  readonly #options: RootWatchOptions;
  readonly #known = new Set<string>();
  #identity: string | undefined;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #touched = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  #problem = "";
  #isClosed = false;

  constructor(root: string, options: RootWatchOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Looks whether the root is there and still the same. Never rejects. */
  follow(mode: "quiet" | "tell"): Promise<void> {
    this.#work = this.#work
      .then(() => this.#attach(mode))
      .catch((error: unknown) => {
        const problem = `The folder itself cannot be watched (${errorCode(error) ?? String(error)}).`;
        if (problem !== this.#problem) this.#options.onProblem(problem);
        this.#problem = problem;
      });
    return this.#work;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#watcher?.close();
    await this.#work;
  }

  async #attach(mode: "quiet" | "tell"): Promise<void> {
    const found = await whenThere(lstat(this.#root, { bigint: true }));
    const identity = found?.isDirectory() === true ? `${found.dev}:${found.ino}` : undefined;
    if (this.#isClosed || (identity !== undefined && identity === this.#identity)) return;
    this.#identity = identity;
    if (identity === undefined) {
      this.#watch(await nearestExisting(this.#root), () => this.#settleSoon());
      for (const name of [...this.#known]) this.#tellRemoved(name);
      return;
    }
    this.#watch(this.#root, (name) => this.#touch(name));
    const names = (await readdir(this.#root)).filter(this.#options.isWanted);
    for (const name of this.#known) if (!names.includes(name)) this.#tellRemoved(name);
    for (const name of names) await this.#look(name, mode);
  }

  #watch(path: string, onName: (name: string | undefined) => void): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (this.#isClosed) return;
    const watcher = watch(path, { persistent: false });
    watcher.on("change", (_type, name) => onName(typeof name === "string" ? name : undefined));
    watcher.on("error", () => onName(undefined));
    this.#watcher = watcher;
  }

  #touch(name: string | undefined): void {
    // A folder's own end is told under its own name, or under none: then the folder is looked at.
    const isOwn = name === undefined || this.#root.endsWith(`/${name}`);
    if (!isOwn && !this.#options.isWanted(name)) return;
    if (name !== undefined && this.#options.isWanted(name)) this.#touched.add(name);
    this.#settleSoon();
  }

  #settleSoon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const names = [...this.#touched];
      this.#touched = new Set();
      void this.follow("tell");
      this.#work = this.#work.then(async () => {
        for (const name of names) await this.#look(name, "tell").catch(() => undefined);
      });
    }, gatherMs);
  }

  async #look(name: string, mode: "quiet" | "tell"): Promise<void> {
    const found = await whenThere(lstat(join(this.#root, name)));
    if (this.#isClosed) return;
    if (found?.isFile() === true) {
      this.#known.add(name);
      if (mode === "tell") this.#options.onChange({ type: "changed", path: name });
      return;
    }
    if (!this.#known.has(name)) return;
    setTimeout(() => void this.#lookAgain(name), graceMs).unref();
  }

  async #lookAgain(name: string): Promise<void> {
    const found = await whenThere(lstat(join(this.#root, name))).catch(() => undefined);
    // What came back has an event of its own.
    if (found?.isFile() !== true && !this.#isClosed) this.#tellRemoved(name);
  }

  #tellRemoved(name: string): void {
    if (this.#known.delete(name)) this.#options.onChange({ type: "removed", path: name });
  }
}
