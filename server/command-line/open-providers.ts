import { join } from "node:path";
import { composeProviders } from "../compose-providers.ts";
import { readConfig } from "../config.ts";
import { createAuditLog } from "../platform/audit-log.ts";
import { systemClock } from "../platform/clock.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { makeDirectory } from "../platform/store/durable-directory.ts";
import type { Providers } from "../providers/providers.ts";
import { openWorkspace } from "../workspace.ts";
import type { CommandInput } from "./command-input.ts";

/** Who can answer, from the places where a server looks too: environment, `.env`, the secrets file, what was saved. */
export async function openProviders(parts: {
  readonly folder: string;
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly io: Pick<CommandInput, "programFolder">;
}): Promise<{ readonly providers: Providers; readonly close: () => Promise<void> }> {
  const { folder, store, log, io } = parts;
  const config = readConfig({ folder }, io.programFolder);
  const workspace = await openWorkspace(config.folder, config.dataDirectory);
  await makeDirectory(workspace.directory, { mode: 0o700 });
  const audit = createAuditLog(join(workspace.directory, "audit.jsonl"), systemClock, () => undefined);
  const { providers, close } = await composeProviders({ config, workspace, store, log, audit });
  return {
    providers,
    close: async () => {
      await close();
      await audit.close();
    },
  };
}
