/** Every provider there is now, from all sources in order: configured, saved, found on this computer, built in. */
import { hostPortOf } from "../platform/egress.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import type { Vault } from "../platform/vault.ts";
import type { ChosenModel } from "./chosen-model.ts";
import {
  type ConfiguredSource,
  configuredProviders,
  secretsFile,
  secretsFileProvider,
} from "./configured-providers.ts";
import type { LocalServers } from "./local-servers.ts";
import { type BuiltInProvider, isSameServer, type OpenAiProvider, openAiBaseUrl, type Provider } from "./provider.ts";
import { savedProviders } from "./saved-providers.ts";

export interface ProviderDirectory {
  /** Reads the sources again. A local server that was chosen stays in the list also when it does not answer now. */
  refresh(): Promise<readonly Provider[]>;
  /** As of the last refresh; a local server's port also before it was found. */
  find(id: string): Provider | undefined;
  /** A person asked for it: the address that a workspace's secrets file names may be contacted from now on. */
  agreeTo(ids: readonly string[]): void;
  /** Lets requests go to `baseUrl` while `work` runs. */
  whileListed<Value>(baseUrl: string, work: () => Promise<Value>): Promise<Value>;
  /** Forgets a saved provider that could not be opened; answers whether there was one. */
  forgetUnreadable(id: string): boolean;
}

export interface ProviderDirectoryOptions {
  readonly sources: readonly ConfiguredSource[];
  readonly store: Pick<DocumentStore, "read">;
  readonly vault: Vault;
  readonly localServers: LocalServers;
  readonly builtIn: readonly BuiltInProvider[];
  readonly chosen: ChosenModel;
  /** `host:port` that requests may go to though they are not public; kept up to date here. */
  readonly listedHosts: Set<string>;
}

export function createProviderDirectory(options: ProviderDirectoryOptions): ProviderDirectory {
  const { store, vault, localServers, builtIn, chosen, listedHosts } = options;
  const configured = configuredProviders(options.sources);
  const agreed = new Set<string>();
  const tested: string[] = [];
  /** Entries that were renamed because they cannot be decrypted: the vault tells of them only once. */
  const setAside = new Map<string, OpenAiProvider>();
  let known: readonly Provider[] = [];

  function updateListedHosts(): void {
    const providers = [...localServers.candidates, ...known].filter((provider) => provider.kind === "openai");
    const urls = providers.flatMap((provider) => {
      const mayBeContacted = provider.source !== "secrets-file" || agreed.has(provider.id);
      return provider.connection !== undefined && mayBeContacted ? [provider.connection.baseUrl] : [];
    });
    const wanted = new Set([...urls, ...tested].map(hostPortOf));
    for (const host of listedHosts) if (!wanted.has(host)) listedHosts.delete(host);
    for (const host of wanted) listedHosts.add(host);
  }

  function withQuestion(provider: OpenAiProvider): OpenAiProvider {
    const { connection, id } = provider;
    if (connection === undefined || agreed.has(id) || isSameServer(connection.baseUrl, openAiBaseUrl)) return provider;
    const { host } = new URL(connection.baseUrl);
    const problem = `Folio has not contacted ${host}: the address comes from ${secretsFile} in this folder. Look again to ask it for its models.`;
    return { ...provider, problem };
  }

  async function fromFiles(): Promise<readonly OpenAiProvider[]> {
    const [secrets, saved] = await Promise.all([secretsFileProvider(store), savedProviders(vault)]);
    for (const provider of saved) if (provider.connection === undefined) setAside.set(provider.id, provider);
    for (const provider of saved) if (provider.connection !== undefined) setAside.delete(provider.id);
    const opened = saved.filter((provider) => provider.connection !== undefined);
    return [...(secrets === undefined ? [] : [withQuestion(secrets)]), ...opened, ...setAside.values()];
  }

  async function onThisComputer(own: readonly OpenAiProvider[]): Promise<readonly OpenAiProvider[]> {
    const found = (await localServers.found()).map((server) => server.provider);
    const silent = localServers.candidates.filter(
      ({ id }) => id === chosen.current()?.providerId && !found.some((provider) => provider.id === id),
    );
    return [...found, ...silent].filter((provider) => !own.some((other) => isAtSameServer(provider, other)));
  }

  function agreeTo(ids: readonly string[]): void {
    for (const id of ids) agreed.add(id);
    updateListedHosts();
  }

  const { providerId } = chosen.current() ?? {};
  agreeTo(providerId === undefined ? [] : [providerId]);
  return {
    async refresh() {
      const own = [...configured, ...(await fromFiles())];
      known = [...own, ...(await onThisComputer(own)), ...builtIn];
      updateListedHosts();
      return known;
    },
    find: (id) => [...known, ...localServers.candidates].find((provider) => provider.id === id),
    agreeTo,
    async whileListed(baseUrl, work) {
      tested.push(baseUrl);
      updateListedHosts();
      try {
        return await work();
      } finally {
        tested.splice(tested.indexOf(baseUrl), 1);
        updateListedHosts();
      }
    },
    forgetUnreadable: (id) => setAside.delete(id),
  };
}

function isAtSameServer(one: OpenAiProvider, other: OpenAiProvider): boolean {
  if (one.connection === undefined || other.connection === undefined) return false;
  return isSameServer(one.connection.baseUrl, other.connection.baseUrl);
}
