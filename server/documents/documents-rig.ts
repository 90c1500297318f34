/** For tests: the documents of a workspace on real files, served and watched as the program does it. */
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { WorkspaceEvent } from "../../shared/events.ts";
import { systemClock } from "../platform/clock.ts";
import { memoryEventLog } from "../platform/events/memory-event-log.ts";
import { createLogger } from "../platform/logger.ts";
import type { StoreChange } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { watchFolder } from "../platform/store/watch-folder.ts";
import { watchRootFiles } from "../platform/store/watch-root-files.ts";
import { newUlid } from "../platform/ulid.ts";
import { documentSuffixes, isRootName, watchedFolders } from "./document-names.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { serve } from "./serve-rig.ts";

export interface DocumentsRig {
  readonly base: string;
  readonly folder: string;
  readonly documents: Documents;
  readonly events: WorkspaceEvent[];
  readonly errors: string[];
  /** Another one on the same files and data, as a command of the command line has it. */
  another(): Documents;
  put(path: string, content: string | Uint8Array): Promise<void>;
  text(path: string): Promise<string>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** The answer's JSON; anything but a success is an error. */
  json<Value>(method: string, path: string, body?: unknown): Promise<Value>;
  watch(): Promise<void>;
  close(): Promise<void>;
}

export async function openDocumentsRig(): Promise<DocumentsRig> {
  const base = await mkdtemp(join(tmpdir(), "folio-documents-"));
  const folder = join(base, "workspace");
  await mkdir(folder);
  const errors: string[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  const log = memoryEventLog("test");
  const events: WorkspaceEvent[] = [];
  log.subscribe(new Set(["workspace"]), ({ frame }) => {
    events.push(JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? "{}") as WorkspaceEvent);
  });
  const isThere = (path: string) =>
    lstat(join(folder, path)).then(
      () => true,
      () => false,
    );
  const another = (): Documents => {
    const store = openFolderStore({ root: folder, locksDirectory: join(base, "locks") });
    const documents = createDocuments({
      ...{ store, log, clock: systemClock, newRunId: newUlid, dataDirectory: join(base, "data") },
      logger: createLogger("error", (line) => errors.push(line)),
      fileOf: (path) => join(folder, path),
      holdsCodexHome: async () => (await isThere(".codex/auth.json")) || (await isThere(".codex/sessions")),
    });
    closing.push(() => documents.close().then(() => store.close()));
    return documents;
  };
  const documents = another();
  const served = await serve(documents.routes);
  closing.unshift(served.close);
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`http://127.0.0.1:${served.port}/api${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  return {
    ...{ base, folder, documents, events, errors, another, send },
    put: async (path, content) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    text: (path) => readFile(join(folder, path), "utf8"),
    json: async <Value>(method: string, path: string, body?: unknown) => {
      const response = await send(method, path, body);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as Value;
    },
    watch: async () => {
      const shared = {
        root: folder,
        onChange: (change: StoreChange) => void documents.changedOutside(change),
        onProblem: (problem: string) => errors.push(problem),
      };
      const below = await watchFolder({ ...shared, folders: watchedFolders, suffixes: documentSuffixes });
      const beside = await watchRootFiles({ ...shared, isWanted: isRootName });
      closing.unshift(
        () => below.close(),
        () => beside.close(),
      );
    },
    close: async () => {
      for (const close of closing) await close();
      await rm(base, { recursive: true, force: true });
    },
  };
}
