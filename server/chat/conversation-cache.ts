import { Problem } from "../platform/problem.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";
import { parseFile } from "./conversation-file.ts";
import type { ConversationIndex } from "./conversation-index.ts";
import { hasWork, type OpenConversation, openedFrom } from "./open-conversation.ts";
import { loadMissing, loadSideTexts } from "./side-files.ts";

const conversationsHeld = 64;
const bytesHeld = 96 * 1024 * 1024;

export interface ConversationCache {
  /** @throws Problem 404 `not-found`, StoreFailure */
  get(id: string): Promise<OpenConversation>;
  held(path: string): OpenConversation | undefined;
  /** Resolves when what is being read from `path` now is held, or could not be read. */
  loaded(path: string): Promise<void>;
  all(): Iterable<OpenConversation>;
  add(open: OpenConversation): void;
  drop(path: string): void;
}

/** Open conversations by path, the latest used last; those with work in them are never dropped. */
export function createConversationCache(dependencies: {
  readonly store: DocumentStore;
  readonly index: ConversationIndex;
}): ConversationCache {
  const { store, index } = dependencies;
  const held = new Map<string, OpenConversation>();
  const loading = new Map<string, Promise<OpenConversation>>();

  const add = (open: OpenConversation): void => {
    held.delete(open.path);
    held.set(open.path, open);
    makeRoom(held);
  };

  const load = async (id: string, path: string): Promise<OpenConversation> => {
    const document = await store.read(path);
    const file = { revision: document.revision, size: document.bytes.length, modified: document.modified };
    const open = openedFrom(id, path, parseFile(document), file);
    open.sideTexts = await loadSideTexts(store, path, open.conversation);
    add(open);
    return open;
  };

  const get = async (id: string): Promise<OpenConversation> => {
    // The index can be behind (a full disk): what is open is found all the same.
    const indexed = index.byId(id) ?? [...held.values()].find((open) => open.id === id);
    if (indexed === undefined) throw notFound();
    const open = held.get(indexed.path);
    if (open !== undefined) {
      // The latest used is the last.
      held.delete(open.path);
      held.set(open.path, open);
      await loadMissing(store, open);
      return open;
    }
    const started = loading.get(indexed.path);
    if (started !== undefined) return started;
    const loaded = load(id, indexed.path).finally(() => loading.delete(indexed.path));
    loading.set(indexed.path, loaded);
    return loaded.catch((error: unknown) => {
      throw error instanceof StoreFailure && error.code === "not-found" ? notFound() : error;
    });
  };

  return {
    get,
    held: (path) => held.get(path),
    loaded: async (path) => {
      await loading.get(path)?.catch(() => undefined);
    },
    all: () => held.values(),
    add,
    drop: (path) => void held.delete(path),
  };
}

export function notFound(): Problem {
  return new Problem("not-found", 404, "There is no such conversation here. Its file may have been moved or deleted.");
}

function makeRoom(held: Map<string, OpenConversation>): void {
  let bytes = 0;
  let newest: OpenConversation | undefined;
  for (const open of held.values()) {
    bytes += weightOf(open);
    newest = open;
  }
  for (const [path, open] of held) {
    if (held.size <= conversationsHeld && bytes <= bytesHeld) return;
    // The newest is in use by whoever asked for it.
    if (open === newest || hasWork(open)) continue;
    held.delete(path);
    bytes -= weightOf(open);
  }
}

function weightOf({ size, sideTexts }: OpenConversation): number {
  let weight = size;
  for (const side of sideTexts.values()) if ("text" in side) weight += side.text.length;
  return weight;
}
