/** Every provider there is now, from all sources in order: configured, saved, found on this computer, built in. */
import type { DocumentStore } from "../platform/store/document-store.ts";
import type { Vault } from "../platform/vault.ts";
import type { ChosenModel } from "./chosen-model.ts";
import {
  type ConfiguredSource,
  configuredProviders,
  secretsFile,
  secretsFileProvider,
} from "./configured-providers.ts";
import { type ContactList, createContactList } from "./contact-list.ts";
import type { LocalServers } from "./local-servers.ts";
import { type BuiltInProvider, isSameServer, type OpenAiProvider, type Provider } from "./provider.ts";
import { savedProviders } from "./saved-providers.ts";

export interface ProviderDirectory extends Pick<ContactList, "agreeTo" | "whileListed"> {
  /** Reads the sources again. A local server that was chosen stays in the list also when it does not answer now. */
  refresh(): Promise<readonly Provider[]>;
  /** As of the last refresh; a local server's port also before it was found. */
  find(id: string): Provider | undefined;
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
  const { store, vault, localServers, builtIn, chosen } = options;
  const configured = configuredProviders(options.sources);
  const contacts = createContactList(options.listedHosts, localServers.candidates);
  /** Entries that were renamed because they cannot be decrypted: the vault tells of them only once. */
  const setAside = new Map<string, OpenAiProvider>();
  let known: readonly Provider[] = [];

  async function fromFiles(): Promise<readonly OpenAiProvider[]> {
    const [secrets, saved] = await Promise.all([secretsFileProvider(store), savedProviders(vault)]);
    const opened = saved.filter((provider) => provider.connection !== undefined);
    for (const provider of saved) if (provider.connection === undefined) setAside.set(provider.id, provider);
    for (const provider of opened) setAside.delete(provider.id);
    const fromFolder = secrets === undefined ? [] : [contacts.mayContact(secrets) ? secrets : withQuestion(secrets)];
    return [...fromFolder, ...opened, ...setAside.values()];
  }

  async function onThisComputer(own: readonly OpenAiProvider[]): Promise<readonly OpenAiProvider[]> {
    const found = (await localServers.found()).map((server) => server.provider);
    const silent = localServers.candidates.filter(
      ({ id }) => id === chosen.current()?.providerId && !found.some((provider) => provider.id === id),
    );
    return [...found, ...silent].filter((provider) => !own.some((other) => isAtSameServer(provider, other)));
  }

  const { providerId } = chosen.current() ?? {};
  if (providerId !== undefined) contacts.agreeTo([providerId]);
  return {
    async refresh() {
      const own = [...configured, ...(await fromFiles())];
      known = [...own, ...(await onThisComputer(own)), ...builtIn];
      contacts.update(known);
      return known;
    },
    find: (id) => [...known, ...localServers.candidates].find((provider) => provider.id === id),
    agreeTo: contacts.agreeTo,
    whileListed: contacts.whileListed,
    forgetUnreadable: (id) => setAside.delete(id),
  };
}

function withQuestion(provider: OpenAiProvider): OpenAiProvider {
  if (provider.connection === undefined) return provider;
  const { host } = new URL(provider.connection.baseUrl);
  const problem = `Folio has not contacted ${host}: the address comes from ${secretsFile} in this folder. Look again to ask it for its models.`;
  return { ...provider, problem };
}

function isAtSameServer(one: OpenAiProvider, other: OpenAiProvider): boolean {
  if (one.connection === undefined || other.connection === undefined) return false;
  return isSameServer(one.connection.baseUrl, other.connection.baseUrl);
}
