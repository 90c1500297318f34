import type { AddProvider } from "../../shared/providers.ts";
import type { ModelFailure } from "../platform/models/language-model.ts";
import { normaliseBaseUrl } from "../platform/models/openai/base-url.ts";
import { detectApi } from "../platform/models/openai/detect-api.ts";
import type { ListedModels } from "../platform/models/openai/list-models.ts";
import { Problem } from "../platform/problem.ts";
import { createSecret } from "../platform/secret.ts";
import type { Vault } from "../platform/vault.ts";
import { type Connection, nameOfServer, type OpenAiProvider } from "./provider.ts";
import { savedProviders, savedProviderText } from "./saved-providers.ts";

export interface AddProviderDependencies {
  readonly vault: Vault;
  readonly newId: () => string;
  readonly listModels: (connection: Connection, signal: AbortSignal) => Promise<ListedModels>;
  /** Lets requests go to a base URL while `work` runs. */
  readonly whileListed: <Value>(baseUrl: string, work: () => Promise<Value>) => Promise<Value>;
}

const testMs = 15_000;

/**
 * Tests a provider by asking for its models, then saves it. One of the same name and base URL is replaced whole: a key
 * that was saved before is never used with what is sent now.
 * @throws Problem 400 `bad-request`, 422 `upstream` (nothing is saved), 503 `not-saved`
 */
export async function addProvider(
  dependencies: AddProviderDependencies,
  asked: AddProvider,
): Promise<{ readonly provider: OpenAiProvider; readonly models: readonly string[] }> {
  const connection = connectionOf(asked);
  const listing = await dependencies.whileListed(connection.baseUrl, () =>
    dependencies.listModels(connection, AbortSignal.timeout(testMs)),
  );
  if ("failure" in listing) throw refusal(listing.failure, connection);
  const name = asked.name ?? nameOfServer(connection.baseUrl);
  const id = await idFor(dependencies, name, connection.baseUrl);
  await save(dependencies.vault, id, savedProviderText(name, connection));
  return { provider: { kind: "openai", id, name, source: "saved", connection }, models: listing.models };
}

function connectionOf({ baseUrl, key, api }: AddProvider): Connection {
  const normal = normaliseBaseUrl(baseUrl);
  if (normal === undefined) {
    throw new Problem("bad-request", 400, "This is not the address of a web server. Nothing was saved.", {
      detail: "An address looks like https://api.openai.com/v1 or http://127.0.0.1:8080/v1.",
    });
  }
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem("bad-request", 400, "The key holds a sign that no key has. It is not saved.", {
      detail: "A blank, a line end, or a letter or dash beyond plain ASCII: copy the key once more.",
      facts: { failure: "bad-key" },
    });
  }
  return {
    baseUrl: normal.baseUrl,
    api: api ?? normal.api ?? detectApi(normal.baseUrl),
    ...(key !== undefined && { key: createSecret(key) }),
  };
}

async function idFor({ vault, newId }: AddProviderDependencies, name: string, baseUrl: string): Promise<string> {
  const same = (await savedProviders(vault)).find(
    (provider) => provider.name === name && provider.connection?.baseUrl === baseUrl,
  );
  return same?.id ?? newId();
}

async function save(vault: Vault, id: string, text: string): Promise<void> {
  try {
    await vault.put(id, text);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = code === "ENOSPC" ? "The disk is full." : `The app's own directory cannot be written (${code}).`;
    throw new Problem("not-saved", 503, `${reason} The provider is not saved.`, {
      detail: "It answered, so its address and key are good. Try again when there is room and permission to write.",
      cause,
    });
  }
}

function refusal(failure: ModelFailure, { baseUrl, key }: Connection): Problem {
  const facts = { failure: failure.code, ...(failure.status !== undefined && { status: failure.status }) };
  const { host } = new URL(baseUrl);
  if (failure.code === "bad-key") {
    const status = failure.status === undefined ? "" : ` (${failure.status})`;
    const title =
      key === undefined
        ? `${host} asks for a key${status}. Nothing is saved.`
        : `The key was refused${status}. It is not saved.`;
    return new Problem("upstream", 422, title, { detail: saidBy(failure, `${host} is there; check the key.`), facts });
  }
  const hint =
    failure.code === "not-found" || failure.code === "not-json"
      ? "Check the address: most end in /v1."
      : "Check the address, and that the server runs.";
  return new Problem("upstream", 422, `${failure.title} Nothing is saved.`, { detail: saidBy(failure, hint), facts });
}

function saidBy(failure: ModelFailure, hint: string): string {
  return failure.said === undefined ? hint : `${hint} The server said: ${failure.said}`;
}
