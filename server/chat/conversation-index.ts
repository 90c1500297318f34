import type { DatabaseSync } from "node:sqlite";
import type { ConversationSummary } from "../../shared/chat.ts";
import { createSharedTransaction } from "../platform/index/shared-transaction.ts";

/** The list of conversations as it can be rebuilt from the files at any time. */
export const indexVersion = 2;
export const indexSchema = `
  CREATE TABLE conversation (
    path TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    read_only TEXT,
    size INTEGER NOT NULL,
    modified REAL NOT NULL
  ) STRICT;
  CREATE INDEX conversation_by_time ON conversation (updated DESC, id DESC);
  CREATE VIRTUAL TABLE title_words USING fts5 (folded, content = 'conversation', content_rowid = 'rowid', tokenize = 'trigram');
  CREATE TRIGGER title_added AFTER INSERT ON conversation BEGIN
    INSERT INTO title_words (rowid, folded) VALUES (new.rowid, new.folded);
  END;
  CREATE TRIGGER title_removed AFTER DELETE ON conversation BEGIN
    INSERT INTO title_words (title_words, rowid, folded) VALUES ('delete', old.rowid, old.folded);
  END;
  CREATE TRIGGER title_changed AFTER UPDATE OF folded ON conversation WHEN old.folded <> new.folded BEGIN
    INSERT INTO title_words (title_words, rowid, folded) VALUES ('delete', old.rowid, old.folded);
    INSERT INTO title_words (rowid, folded) VALUES (new.rowid, new.folded);
  END;
`;

export type IndexedConversation = Omit<ConversationSummary, "isRunning">;

/** What tells whether a file is the one that was indexed, without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly modified: number;
}

export interface ConversationIndex {
  /** Puts it in. An id that another file has already is replaced by one made of the path; answers the id that counts. */
  put(conversation: IndexedConversation, stamp: FileStamp): string;
  remove(path: string): IndexedConversation | undefined;
  byId(id: string): IndexedConversation | undefined;
  byPath(path: string): IndexedConversation | undefined;
  stamps(): ReadonlyMap<string, FileStamp>;
  page(options: { readonly after: string | undefined; readonly limit: number; readonly query: string }): {
    readonly conversations: readonly IndexedConversation[];
    readonly next?: string;
    readonly total: number;
  };
  inOneGo(work: () => void): void;
  close(): void;
}

type Row = Record<string, unknown>;

/** `onLost` is told why rows could not be kept: they come again with the next change or scan. */
export function createConversationIndex(
  database: DatabaseSync,
  idFromPath: (path: string) => string,
  onLost: (error: unknown) => void,
): ConversationIndex {
  const transaction = createSharedTransaction(database, onLost);
  const put = database.prepare(
    `INSERT INTO conversation (path, id, title, folded, created, updated, read_only, size, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET id = excluded.id, title = excluded.title, folded = excluded.folded, created = excluded.created,
       updated = excluded.updated, read_only = excluded.read_only, size = excluded.size, modified = excluded.modified`,
  );
  const remove = database.prepare("DELETE FROM conversation WHERE path = ? RETURNING *");
  const byId = database.prepare("SELECT * FROM conversation WHERE id = ?");
  const byPath = database.prepare("SELECT * FROM conversation WHERE path = ?");
  const stamps = database.prepare("SELECT path, size, modified FROM conversation");
  const search = createTitleSearch(database);

  return {
    put: (conversation, stamp) => {
      const isFree = (id: string): boolean => {
        const holder = byId.get(id);
        return holder === undefined || holder["path"] === conversation.path;
      };
      let id = conversation.id;
      for (let tries = 0; !isFree(id); tries += 1) id = idFromPath(`${conversation.path}${"#".repeat(tries)}`);
      const { path, title, created, updated, readOnly } = conversation;
      transaction.begin();
      put.run(path, id, title, folded(title), created, updated, readOnly ?? null, stamp.size, stamp.modified);
      return id;
    },
    remove: (path) => {
      transaction.begin();
      const removed = rowOf(remove.get(path));
      // Not shared: after a kill the list would show for a moment what somebody has deleted.
      transaction.commit();
      return removed;
    },
    byId: (id) => rowOf(byId.get(id)),
    byPath: (path) => rowOf(byPath.get(path)),
    stamps: () => stampsOf(stamps.iterate()),
    page: ({ after, limit, query }) => {
      const [updated = "~", id = "~"] = after?.split("|") ?? [];
      const found = search({ updated, id, limit: limit + 1, query: folded(query) });
      const rows = found.rows.flatMap((row) => rowOf(row) ?? []);
      const conversations = rows.slice(0, limit);
      const last = conversations.at(-1);
      const hasMore = rows.length > limit && last !== undefined;
      return { conversations, total: found.total, ...(hasMore ? { next: `${last.updated}|${last.id}` } : {}) };
    },
    inOneGo: transaction.together,
    close: () => {
      transaction.commit();
      database.close();
    },
  };
}

function stampsOf(rows: Iterable<Row>): ReadonlyMap<string, FileStamp> {
  const found = new Map<string, FileStamp>();
  for (const row of rows) {
    found.set(String(row["path"]), { size: Number(row["size"]), modified: Number(row["modified"]) });
  }
  return found;
}

interface Asked {
  readonly updated: string;
  readonly id: string;
  readonly limit: number;
  readonly query: string;
}

/** Rows older than `(updated, id)` whose title holds the query: by the index of trigrams, or by looking when it is shorter. */
function createTitleSearch(
  database: DatabaseSync,
): (asked: Asked) => { readonly rows: readonly Row[]; readonly total: number } {
  const older = "(updated, id) < (?, ?)";
  const order = "ORDER BY updated DESC, id DESC LIMIT ?";
  const statements = (from: string, where: string) => ({
    page: database.prepare(`SELECT conversation.* FROM ${from} WHERE ${where} AND ${older} ${order}`),
    total: database.prepare(`SELECT count(*) AS total FROM ${from} WHERE ${where}`),
  });
  const all = statements("conversation", "?1 = ''");
  const looked = statements("conversation", "conversation.folded LIKE ? ESCAPE '\\'");
  const matched = statements(
    "title_words JOIN conversation ON conversation.rowid = title_words.rowid",
    "title_words MATCH ?",
  );
  const choose = (query: string) => {
    if (query === "") return { ...all, text: "" };
    if ([...query].length < 3)
      return { ...looked, text: `%${query.replace(/[\\%_]/g, (character) => `\\${character}`)}%` };
    return { ...matched, text: `"${query.replaceAll('"', '""')}"` };
  };
  return ({ updated, id, limit, query }) => {
    const { page, total, text } = choose(query);
    return { rows: page.all(text, updated, id, limit), total: Number(total.get(text)?.["total"] ?? 0) };
  };
}

/** Letters as a search compares them: without case and accents. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function rowOf(row: Row | undefined): IndexedConversation | undefined {
  if (row === undefined) return undefined;
  const readOnly = row["read_only"];
  return {
    id: String(row["id"]),
    path: String(row["path"]),
    title: String(row["title"]),
    created: String(row["created"]),
    updated: String(row["updated"]),
    ...(readOnly === "conflict" || readOnly === "other-format" || readOnly === "unreadable" ? { readOnly } : {}),
  };
}
