/** Whom Folio may contact: keeps the list of hosts that requests may go to though they are not public. */
import { hostPortOf } from "../platform/egress.ts";
import { isSameServer, type OpenAiProvider, openAiBaseUrl, type Provider } from "./provider.ts";

export interface ContactList {
  /**
   * An address that only the workspace's secrets file names is contacted once a person has agreed: a folder from
   * elsewhere could otherwise make Folio call any host by being opened.
   */
  mayContact(provider: OpenAiProvider): boolean;
  agreeTo(ids: readonly string[]): void;
  /** The providers there are now. */
  update(providers: readonly Provider[]): void;
  /** Lets requests go to `baseUrl` while `work` runs. */
  whileListed<Value>(baseUrl: string, work: () => Promise<Value>): Promise<Value>;
}

/** `listedHosts` (each `host:port`) belongs to the egress; it is kept up to date here. */
export function createContactList(listedHosts: Set<string>, always: readonly OpenAiProvider[]): ContactList {
  const agreed = new Set<string>();
  const tested: string[] = [];
  let known: readonly Provider[] = [];

  function mayContact({ connection, id, source }: OpenAiProvider): boolean {
    if (connection === undefined) return false;
    return source !== "secrets-file" || agreed.has(id) || isSameServer(connection.baseUrl, openAiBaseUrl);
  }

  function refresh(): void {
    const providers = [...always, ...known].filter((provider) => provider.kind === "openai");
    const urls = providers.filter(mayContact).flatMap((provider) => provider.connection?.baseUrl ?? []);
    const wanted = new Set([...urls, ...tested].map(hostPortOf));
    for (const host of listedHosts) if (!wanted.has(host)) listedHosts.delete(host);
    for (const host of wanted) listedHosts.add(host);
  }

  refresh();
  return {
    mayContact,
    agreeTo(ids) {
      for (const id of ids) agreed.add(id);
      refresh();
    },
    update(providers) {
      known = providers;
      refresh();
    },
    async whileListed(baseUrl, work) {
      tested.push(baseUrl);
      refresh();
      try {
        return await work();
      } finally {
        tested.splice(tested.indexOf(baseUrl), 1);
        refresh();
      }
    },
  };
}
