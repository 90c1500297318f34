/** For tests: providers on real files and real sockets, each rig in a folder of its own. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "../platform/clock.ts";
import { createEgress } from "../platform/egress.ts";
import { createJsonFile } from "../platform/json-file.ts";
import { newId } from "../platform/new-id.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { createVault } from "../platform/vault.ts";
import { openChosenModel, providerSettingsSchema } from "./chosen-model.ts";
import { createProviders, type Providers } from "./providers.ts";
import type { ProvidersDependencies } from "./providers-dependencies.ts";

export interface ModelServer {
  readonly hostPort: string;
  readonly baseUrl: string;
  /** `GET /v1/models Bearer …` and so on, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Lists `models`, or does what `answer` says. */
export async function startModelServer(models: readonly string[] | Answer): Promise<ModelServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? "no key"}`);
    if (typeof models === "function") return models(response, request);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ object: "list", data: models.map((id) => ({ id, object: "model" })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { hostPort, baseUrl: `http://${hostPort}/v1`, requests, close };
}

export interface Rig {
  readonly root: string;
  /** Starts Folio's part again on the same files. */
  start(changes?: Partial<ProvidersDependencies>): Promise<Providers>;
  /** Writes a file of the workspace. */
  write(path: string, text: string): Promise<void>;
  /** How often the page was told to fetch again. */
  changes(): number;
  close(): Promise<void>;
}

export async function createRig(): Promise<Rig> {
  const root = await mkdtemp(join(tmpdir(), "folio-providers-"));
  const listedHosts = new Set<string>();
  const egress = createEgress({ allow: (hostPort) => listedHosts.has(hostPort) });
  let changes = 0;
  return {
    root,
    changes: () => changes,
    async start(changed = {}) {
      return createProviders({
        sources: [],
        localServers: [],
        lookMs: 2_000,
        store: openFolderStore({ root: join(root, "workspace"), locksDirectory: join(root, "data", "locks") }),
        vault: createVault({ keyFile: join(root, "config", "key"), folder: join(root, "data", "providers") }),
        chosen: await openChosenModel(createJsonFile(join(root, "data", "settings.json"), providerSettingsSchema)),
        egress,
        listedHosts,
        newId,
        clock: systemClock,
        idleMs: 10_000,
        audit: { record: () => undefined },
        folder: join(root, "workspace"),
        onChanged: () => {
          changes += 1;
        },
        ...changed,
      });
    },
    async write(path, text) {
      const file = join(root, "workspace", path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    async close() {
      egress.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
