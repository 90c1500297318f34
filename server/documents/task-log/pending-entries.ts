/** Entries that wait for the log's repair, in a file of the app's own data; several processes may share it. */
import { z } from "zod";
import { decodeText, encodeText } from "../../../shared/chat-format/bytes.ts";
import type { TaskLogEntry } from "../../../shared/codex-format/task-log/task-log.ts";
import type { DocumentStore, StoredDocument } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";

export interface PendingEntries {
  /** In the order in which they were added. */
  list(): Promise<readonly TaskLogEntry[]>;
  /**
   * Adds what `entry` makes of those that wait; resolves when it is durable. An entry whose run id waits already is not
   * added again. Answers the one that waits. @throws StoreFailure
   */
  add(entry: (waiting: readonly TaskLogEntry[]) => TaskLogEntry): Promise<TaskLogEntry>;
  /** Lets the entries with these run ids go. @throws StoreFailure */
  remove(runIds: ReadonlySet<string>): Promise<void>;
}

const PATH = "pending.jsonl";

const text = z.string();
const entrySchema = z.strictObject({
  task_id: text,
  agent: text,
  date: text,
  summary: text,
  output_files: z.array(text),
  at: text,
  run_id: text,
  status: z.enum(["failed", "refused"]).exactOptional(),
  proposal: text.exactOptional(),
  feedback: text.exactOptional(),
  supersedes: text.exactOptional(),
  chained_from: text.exactOptional(),
});

interface Line {
  readonly text: string;
  /** Undefined for a line that is not understood; it is kept. */
  readonly entry: TaskLogEntry | undefined;
}

/** `store` lies in the app's data about the workspace. */
export function createPendingEntries(store: DocumentStore): PendingEntries {
  const read = async (): Promise<{
    readonly document: StoredDocument | undefined;
    readonly lines: readonly Line[];
  }> => {
    const document = await readIfThere(store, PATH);
    return { document, lines: document === undefined ? [] : readLines(decodeText(document.bytes)) };
  };

  /** Writes what `change` makes of the lines, again and again until nobody came between; undefined: nothing to write. */
  const change = async (work: (lines: readonly Line[]) => readonly Line[] | undefined): Promise<void> => {
    for (;;) {
      const { document, lines } = await read();
      const next = work(lines);
      if (next === undefined) return;
      const bytes = encodeText(next.map((line) => `${line.text}\n`).join(""));
      const result = await store.write(PATH, bytes, document?.revision);
      if (result.outcome === "written") return;
    }
  };

  return {
    list: async () => entriesOf((await read()).lines),
    add: async (makeEntry) => {
      let added: TaskLogEntry | undefined;
      await change((lines) => {
        const waiting = entriesOf(lines);
        const entry = makeEntry(waiting);
        const known = waiting.find((other) => other.run_id === entry.run_id);
        added = known ?? entry;
        return known === undefined ? [...lines, { text: JSON.stringify(entry), entry }] : undefined;
      });
      if (added === undefined) throw new Error("the entry was not added");
      return added;
    },
    remove: (runIds) =>
      change((lines) => {
        const left = lines.filter(({ entry }) => entry === undefined || !runIds.has(entry.run_id));
        return left.length === lines.length ? undefined : left;
      }),
  };
}

function readLines(content: string): Line[] {
  return content
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ text: line, entry: readEntry(line) }));
}

function readEntry(line: string): TaskLogEntry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function entriesOf(lines: readonly Line[]): TaskLogEntry[] {
  return lines.flatMap(({ entry }) => entry ?? []);
}
