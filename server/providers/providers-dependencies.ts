import type { AuditLog } from "../platform/audit-log.ts";
import type { Clock } from "../platform/clock.ts";
import type { Egress } from "../platform/egress.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import type { AddProviderDependencies } from "./add-provider.ts";
import type { ChosenModel } from "./chosen-model.ts";
import type { ProviderDirectoryOptions } from "./provider-directory.ts";

export interface ProvidersDependencies
  extends Pick<ProviderDirectoryOptions, "sources" | "store" | "vault" | "listedHosts">,
    Pick<AddProviderDependencies, "newId"> {
  /** `host:port` of each place where a model server of this computer may listen. */
  readonly localServers: readonly string[];
  /** How long each of them is waited for, in milliseconds; 700 by default. */
  readonly lookMs?: number;
  readonly egress: Egress;
  /** The longest silence within an answer, in milliseconds. */
  readonly idleMs: number;
  /** The models that Folio runs itself, when they are installed. */
  readonly localModel?: { readonly names: readonly string[]; readonly model: LanguageModel } | undefined;
  /** The choice of this workspace, in the data directory. */
  readonly chosen: ChosenModel;
  /** The opened folder, as the guide names it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly audit: Pick<AuditLog, "record">;
  /** Called after whatever a page would want to fetch again. */
  readonly onChanged: () => void;
}
