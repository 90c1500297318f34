/** The studio's parts as the program puts them together, in one process, on a real folder, with a model that plays a script. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Agents, createAgents } from "../../server/agents/agents.ts";
import { createDocuments, type Documents } from "../../server/documents/documents.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { memoryEventLog } from "../../server/platform/events/memory-event-log.ts";
import { createLogger } from "../../server/platform/logger.ts";
import { createRuns } from "../../server/platform/runs.ts";
import { contentRevision } from "../../server/platform/store/content-revision.ts";
import { type FolderStore, openFolderStore } from "../../server/platform/store/folder-store.ts";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView, AgentSettings } from "../../shared/agents.ts";
import { type RouteCaller, routeCaller } from "./route-caller.ts";
import { type Answer, type Asked, model, scriptOf } from "./scripted-answers.ts";

type Options = Parameters<typeof createAgents>[0];

export interface Studio {
  readonly agents: Agents;
  readonly documents: Documents;
  readonly folder: string;
  readonly data: string;
  /** What the model is asked, in order. */
  readonly requests: Asked[];
  /** The next answers of the model; a request without one is answered by an empty text. */
  readonly answers: Answer[];
  /** Calls a route as the page does. */
  readonly ask: RouteCaller;
  stop(id: string): void;
  start(agent: string, goal: string, more?: Readonly<Record<string, unknown>>): Promise<AgentRunView>;
  view(id: string): Promise<AgentRunView>;
  write(path: string, text: string): Promise<string>;
  /** Undefined when it is not there. */
  text(path: string): Promise<string | undefined>;
  log(): Promise<readonly Record<string, unknown>[]>;
  settings(settings: Partial<AgentSettings>): Promise<void>;
  /** Ends the parts and begins them anew on the same folder, as a restart does. */
  restart(change?: Partial<Options>): Promise<Studio>;
  close(): Promise<void>;
}

export async function openStudio(
  places?: { readonly folder: string; readonly data: string },
  change: Partial<Options> = {},
): Promise<Studio> {
  const base = places === undefined ? await mkdtemp(join(tmpdir(), "folio-agents-")) : undefined;
  const { folder, data } = places ?? { folder: join(base ?? "", "workspace"), data: join(base ?? "", "data") };
  await mkdir(folder, { recursive: true });
  await mkdir(data, { recursive: true });
  const log = memoryEventLog("rig");
  const logger = createLogger("silent", () => undefined);
  const store: FolderStore = openFolderStore({ root: folder, locksDirectory: join(data, "locks") });
  const runs = createRuns((_, error) => {
    throw error;
  });
  const shared = { log, logger, clock: systemClock, newRunId: () => newUlid(), dataDirectory: data };
  const documents = createDocuments({
    ...shared,
    store,
    fileOf: (path) => join(folder, path),
    holdsCodexHome: async () => false,
  });
  const requests: Asked[] = [];
  const answers: Answer[] = [];
  const languageModel = scriptOf(requests, answers);
  const agents = await createAgents({
    ...shared,
    files: documents.files,
    modelFor: (providerId) => (providerId === "scripted" ? languageModel : undefined),
    runs,
    holdsFolder: true,
    ...change,
  });

  const ask = routeCaller([agents.routes, documents.routes]);
  const view: Studio["view"] = async (id) => (await ask<AgentRunView>("GET", `/agents/runs/${id}`)).body;
  const close = async (): Promise<void> => {
    agents.stopStarting();
    await runs.close();
    await agents.close();
    await documents.close();
    await store.close();
  };

  return {
    ...{ agents, documents, folder, data, requests, answers, ask, view },
    stop: (id) => void runs.stop(id),
    start: async (agent, goal, more = {}) => {
      const { id } = await agents.startRun({ id: newUlid(), agent, goal, ...model, ...more });
      await agents.ended(id);
      return view(id);
    },
    write: async (path, text) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
      return contentRevision(Buffer.from(text));
    },
    text: (path) => readFile(join(folder, path), "utf8").catch(() => undefined),
    log: async () => {
      const text = await readFile(join(folder, ".codex/TASK-LOG.json"), "utf8").catch(() => "[]");
      return JSON.parse(text) as Record<string, unknown>[];
    },
    settings: async (settings) => {
      const { body } = await ask<AgentSettings>("GET", "/agents/settings");
      const put = await ask("PUT", "/agents/settings", { ...body, ...settings });
      if (put.status !== 200) throw new Error(JSON.stringify(put.body));
    },
    restart: async (other = {}) => {
      await close();
      return openStudio({ folder, data }, other);
    },
    close: async () => {
      await close();
      if (base !== undefined) await rm(base, { recursive: true, force: true });
    },
  };
}
