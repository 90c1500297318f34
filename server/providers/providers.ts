/** Who can answer: what the page shows of it, what a person changes about it, and the models themselves. */
import type { AddProvider, ChooseModel, ProviderView } from "../../shared/providers.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { listModels } from "../platform/models/openai/list-models.ts";
import { Problem } from "../platform/problem.ts";
import { addProvider } from "./add-provider.ts";
import { builtInProviders } from "./built-in-providers.ts";
import { createConnectionModels } from "./connection-models.ts";
import { createLocalServers } from "./local-servers.ts";
import { createModelLists } from "./model-lists.ts";
import { type Connection, type Provider, providerView } from "./provider.ts";
import { createProviderDirectory } from "./provider-directory.ts";
import { createProviderOverview, type ProviderOverview } from "./provider-overview.ts";
import type { ProvidersDependencies } from "./providers-dependencies.ts";

export interface Providers extends Pick<ProviderOverview, "view" | "probe"> {
  /** @throws Problem 400 `bad-request`, 422 `upstream`, 503 `not-saved` */
  add(asked: AddProvider): Promise<ProviderView>;
  /** @throws Problem 404, or 409 `read-only` when it does not come from the page */
  remove(id: string): Promise<void>;
  /** @throws Problem 404 */
  choose(choice: ChooseModel): Promise<void>;
  /** The model to answer with, and its provider's name; undefined when there is no such provider. */
  modelFor(providerId: string, model: string): { readonly model: LanguageModel; readonly name: string } | undefined;
}

/** Reads the sources once, and begins to look for local servers in the background. */
export async function createProviders(dependencies: ProvidersDependencies): Promise<Providers> {
  const { chosen, clock, egress, onChanged, vault } = dependencies;
  const ask = (connection: Connection, signal: AbortSignal) => listModels({ ...connection, egress, signal });
  const { localServers: servers, lookMs: timeLimitMs = 700 } = dependencies;
  const localServers = createLocalServers({ servers, egress, clock, timeLimitMs });
  const builtIn = builtInProviders(dependencies);
  const directory = createProviderDirectory({ ...dependencies, localServers, builtIn });
  const lists = createModelLists({ listModels: ask, clock, onLate: onChanged });
  const models = createConnectionModels(egress, dependencies.idleMs);
  const overview = createProviderOverview({ directory, lists, localServers, chosen, onChanged });

  async function add(asked: AddProvider): Promise<ProviderView> {
    const { whileListed } = directory;
    const { provider, models: listed } = await addProvider({ ...dependencies, listModels: ask, whileListed }, asked);
    lists.put(provider, listed);
    await directory.refresh();
    onChanged();
    const view = providerView(provider, { models: listed });
    const origin = view.baseUrl === undefined ? {} : { origin: new URL(view.baseUrl).origin };
    dependencies.audit.record({ type: "key-saved", provider: provider.id, ...origin });
    return view;
  }

  async function remove(id: string): Promise<void> {
    const provider = found(directory.find(id));
    if (provider.source !== "saved") throw notSavedHere(provider);
    await vault.remove(id);
    directory.forgetUnreadable(id);
    await directory.refresh();
    onChanged();
    dependencies.audit.record({ type: "key-removed", provider: id });
  }

  async function choose(choice: ChooseModel): Promise<void> {
    directory.agreeTo([found(directory.find(choice.providerId)).id]);
    await chosen.choose(choice);
    onChanged();
  }

  function modelFor(providerId: string): ReturnType<Providers["modelFor"]> {
    const provider = directory.find(providerId);
    if (provider === undefined) return undefined;
    if (provider.kind !== "openai") return { model: provider.model, name: provider.name };
    if (provider.connection === undefined) return undefined;
    directory.agreeTo([providerId]);
    return { model: models.at(provider.connection), name: provider.name };
  }

  await directory.refresh();
  void overview.look();
  return { view: overview.view, probe: overview.probe, add, remove, choose, modelFor };
}

function found(provider: Provider | undefined): Provider {
  if (provider !== undefined) return provider;
  throw new Problem("not-found", 404, "There is no such provider here. Nothing was changed.", {
    detail: "It may have been removed in another tab. Look again to see who is there.",
  });
}

function notSavedHere({ name, source }: Provider): Problem {
  const places: Readonly<Record<Provider["source"], string>> = {
    environment:
      "comes from the environment or .env. Take OPENAI_API_KEY and OPENAI_BASE_URL out there and start again",
    "secrets-file": "comes from .streamlit/secrets.toml. Take OPENAI_API_KEY out of that file",
    saved: "was saved here",
    found: "was found on this computer. It leaves the list when its server stops",
    "built-in": "is a part of Folio",
  };
  return new Problem("read-only", 409, `${name} ${places[source]}. Nothing was changed.`);
}
