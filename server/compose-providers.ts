import { join } from "node:path";
import type { Config } from "./config.ts";
import type { AuditLog } from "./platform/audit-log.ts";
import { systemClock } from "./platform/clock.ts";
import { createEgress } from "./platform/egress.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import { createJsonFile } from "./platform/json-file.ts";
import { openLocalModel } from "./platform/models/local/open-local-model.ts";
import { newId } from "./platform/new-id.ts";
import type { DocumentStore } from "./platform/store/document-store.ts";
import { createVault } from "./platform/vault.ts";
import { openChosenModel, providerSettingsSchema } from "./providers/chosen-model.ts";
import { createProviders, type Providers } from "./providers/providers.ts";
import type { Workspace } from "./workspace.ts";

/** Who can answer in this workspace; requests may leave only to public addresses and to those that the person listed. */
export async function composeProviders(parts: {
  readonly config: Config;
  readonly workspace: Workspace;
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly audit: AuditLog;
}): Promise<{ readonly providers: Providers; readonly close: () => Promise<void> }> {
  const { config, workspace, store, log, audit } = parts;
  const localModel = await openLocalModel(config.localModelDirectory);
  const listedHosts = new Set<string>();
  const egress = createEgress({
    allow: (hostPort) => listedHosts.has(hostPort),
    proxy: config.proxy,
    onRefused: (reason) => audit.record({ type: "request-refused", reason }),
  });
  const vault = createVault({
    keyFile: join(config.configDirectory, "vault.key"),
    folder: join(config.dataDirectory, "providers"),
  });
  const chosen = await openChosenModel(
    createJsonFile(join(workspace.directory, "settings.json"), providerSettingsSchema),
  );
  const providers = await createProviders({
    sources: config.providerSources,
    localServers: config.localServers,
    store,
    vault,
    listedHosts,
    egress,
    chosen,
    localModel,
    idleMs: config.idleMs,
    folder: workspace.folder,
    clock: systemClock,
    newId,
    audit,
    onChanged: () => log.append("workspace", { type: "providers-changed" }),
  });
  return {
    providers,
    close: async () => {
      egress.close();
      await localModel?.close();
    },
  };
}
