import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";
import type { StoreChange } from "./document-store.ts";
import { nearestExisting, realPathOf } from "./folder-anchor.ts";
import { type LookMode, WatchedTree } from "./watched-tree.ts";

export interface WatchOptions {
  /** The person's folder; it may be missing, and nothing is made in it. */
  readonly root: string;
  /** Relative to the root, not the root itself; each is followed with all below it, as soon as it is there. */
  readonly folders: readonly string[];
  /** Only documents whose name ends with one of them are told of. */
  readonly suffixes: readonly string[];
  /** Called for every change, our own writes included: only the revision tells whose it is. */
  readonly onChange: (change: StoreChange) => void;
  /** Told, for the log, what cannot be watched. */
  readonly onProblem: (problem: string) => void;
}

export interface FolderWatch {
  close(): Promise<void>;
}

/** How often is looked for what no event tells: a parent that was moved, a folder that the system cannot watch. */
const SAFETY_MS = 5_000;
const RETRY_MS = 15;

/**
 * Tells of changes of documents from when it resolves; not of those that are there already. It stands on one system
 * watch a directory instead of a watching library: for 100,000 files in one directory chokidar 6 takes 3.8 s of
 * processor time and 95 MB to begin, since it looks at every file.
 */
export async function watchFolder(options: WatchOptions): Promise<FolderWatch> {
  const root = await realPathOf(options.root);
  const { suffixes, onChange, onProblem } = options;
  const tree = new WatchedTree({ root, suffixes, onChange, onProblem });
  const followed = options.folders.map((folder) => new FollowedFolder({ root, folder, tree, onProblem }));
  await Promise.all(followed.map((one) => one.follow("quiet")));
  let lastLook = Date.now();
  const safety = setInterval(() => {
    const since = lastLook - 2_000;
    lastLook = Date.now();
    void tree.rescanUnwatched(since).catch(() => undefined);
    for (const one of followed) void one.follow({ since: 0 });
  }, SAFETY_MS).unref();
  return {
    async close() {
      clearInterval(safety);
      for (const one of followed) one.close();
      await tree.close();
    },
  };
}

interface FollowedFolderOptions {
  readonly root: string;
  readonly folder: string;
  readonly tree: WatchedTree;
  readonly onProblem: (problem: string) => void;
}

/** One of the wanted folders: in the tree while it is there, waited for while it is not. */
class FollowedFolder {
  readonly #options: FollowedFolderOptions;
  #parent: FSWatcher | undefined;
  #problem = "";
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FollowedFolderOptions) {
    this.#options = options;
  }

  /** Looks where the folder is now. Never rejects. */
  async follow(mode: LookMode): Promise<void> {
    const { folder, tree, onProblem } = this.#options;
    if (this.#isClosed) return;
    try {
      if (await tree.verify(folder)) return;
      await this.#wait();
      // Only now, so that what appears before the wait began is seen here, and what appears after it by the wait.
      await tree.open(folder, mode);
      this.#problem = "";
    } catch (error) {
      const problem = `“${folder}” cannot be watched (${String(error)}).`;
      if (problem !== this.#problem) onProblem(problem);
      this.#problem = problem;
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#parent?.close();
  }

  /** The nearest folder above that is there tells when the next part of the path appears, or that it went itself. */
  async #wait(): Promise<void> {
    const path = join(this.#options.root, this.#options.folder);
    for (let last: string | undefined; ; ) {
      const nearest = await nearestExisting(path);
      const above = nearest === path ? dirname(path) : nearest;
      // Again until nothing more appeared while the watch began.
      if (above === last || this.#isClosed) return;
      this.#watch(above);
      last = above;
    }
  }

  #watch(path: string): void {
    const watcher = watch(path, { persistent: false });
    const again = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.follow({ since: 0 });
      }, RETRY_MS);
    };
    watcher.on("change", again);
    watcher.on("error", again);
    this.#parent?.close();
    this.#parent = watcher;
  }
}
