/** For tests: the documents of a workspace on real files, served and watched as the program does it. */
import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Hono } from "hono";
import type { WorkspaceEvent } from "../../shared/events.ts";
import { systemClock } from "../platform/clock.ts";
import { memoryEventLog } from "../platform/events/memory-event-log.ts";
import { listen } from "../platform/http/listen.ts";
import { problemFrom, problemResponse } from "../platform/http/problem-response.ts";
import type { Environment } from "../platform/http/web-app.ts";
import { createLogger } from "../platform/logger.ts";
import type { StoreChange } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { watchFolder } from "../platform/store/watch-folder.ts";
import { watchRootFiles } from "../platform/store/watch-root-files.ts";
import { newUlid } from "../platform/ulid.ts";
import { documentSuffixes, isRootName, watchedFolders } from "./document-names.ts";
import { createDocuments, type Documents } from "./documents.ts";

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
  const app = new Hono<Environment>();
  app.onError((error) => problemResponse(problemFrom(error)));
  app.route("/api", documents.routes);
  const { server, port } = await listen(app, { host: "127.0.0.1", port: 0, isFixed: true });
  closing.unshift(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api${path}`, {
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

/** What lies below a folder: names, kinds, modes, times and contents, as one text to compare. */
export async function pictureOf(folder: string, below = ""): Promise<string> {
  const lines: string[] = [];
  for (const name of (await readdir(join(folder, below))).sort()) {
    const path = join(below, name);
    // A name that is no UTF-8 cannot be asked for by its text; that it is there counts.
    const found = await lstat(join(folder, path), { bigint: true }).catch(() => undefined);
    if (found === undefined) {
      lines.push(path);
      continue;
    }
    const facts = `${path} ${found.mode} ${found.mtimeNs} ${found.size}`;
    if (found.isDirectory()) lines.push(`${path}/ ${found.mode}`, await pictureOf(folder, path));
    else if (found.isSymbolicLink()) lines.push(`${path} -> ${await readlink(join(folder, path))}`);
    else if (found.isFile()) {
      const bytes = found.size > 100_000_000n ? "large" : await readFile(join(folder, path)).catch(() => "closed");
      lines.push(`${facts} ${createHash("sha256").update(bytes).digest("hex")}`);
    } else lines.push(facts);
  }
  return lines.join("\n");
}
