import { join } from "node:path";
import type { Config } from "./config.ts";
import { systemClock } from "./platform/clock.ts";
import { createEgress } from "./platform/egress.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import { createJsonFile } from "./platform/json-file.ts";
import type { LanguageModel } from "./platform/models/language-model.ts";
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
  readonly localModel: { readonly names: readonly string[]; readonly model: LanguageModel } | undefined;
}): Promise<{ readonly providers: Providers; readonly close: () => void }> {
  const { config, workspace, store, log, localModel } = parts;
  const listedHosts = new Set<string>();
  const egress = createEgress({ allow: (hostPort) => listedHosts.has(hostPort) });
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
    onChanged: () => log.append("workspace", { type: "providers-changed" }),
  });
  return { providers, close: egress.close };
}
