/** All providers with their models, as the page shows them. */
import type { ProvidersView } from "../../shared/providers.ts";
import type { ChosenModel } from "./chosen-model.ts";
import type { LocalServers } from "./local-servers.ts";
import type { ModelLists } from "./model-lists.ts";
import { providerView } from "./provider.ts";
import type { ProviderDirectory } from "./provider-directory.ts";

export interface ProviderOverview {
  /** Waits for a look that is under way, and for each list of models as long as `ModelLists` does. */
  view(): Promise<ProvidersView>;
  /** Looks for local servers. */
  look(): Promise<void>;
  /** A person asked: looks for local servers, and asks everybody for models again, also who was not asked unbidden. */
  probe(): Promise<ProvidersView>;
}

export interface ProviderOverviewParts {
  readonly directory: ProviderDirectory;
  readonly lists: ModelLists;
  readonly localServers: LocalServers;
  readonly chosen: ChosenModel;
  readonly onChanged: () => void;
}

export function createProviderOverview(parts: ProviderOverviewParts): ProviderOverview {
  const { directory, lists, localServers, chosen, onChanged } = parts;

  async function look(): Promise<void> {
    await localServers.look();
    for (const { provider, models } of await localServers.found()) lists.put(provider, models);
    await directory.refresh();
    onChanged();
  }

  async function view(): Promise<ProvidersView> {
    await localServers.found();
    const providers = await directory.refresh();
    const views = await Promise.all(
      providers.map(async (provider) => providerView(provider, await lists.of(provider))),
    );
    const current = chosen.current();
    // A choice whose provider is gone for now is not shown, and counts again when the provider is back.
    const isHere = providers.some((provider) => provider.id === current?.providerId);
    return { providers: views, ...(isHere && current && { chosen: current }), probe: localServers.lastLook() };
  }

  async function probe(): Promise<ProvidersView> {
    const providers = await directory.refresh();
    directory.agreeTo(providers.map((provider) => provider.id));
    lists.forgetAll();
    await look();
    return view();
  }

  return { view, look, probe };
}
