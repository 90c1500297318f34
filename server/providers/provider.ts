/** Who can answer, as the server knows it: with its key, where it has one. The page gets a `ProviderView`. */
import type { ProviderView } from "../../shared/providers.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import type { Secret } from "../platform/secret.ts";

/** What a request to a server that speaks the OpenAI API needs. */
export interface Connection {
  /** Without a trailing slash, the version in it: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly api: "chat-completions" | "responses";
  /** Bound to the origin of `baseUrl`: the two come from one source and are never mixed. */
  readonly key?: Secret;
}

export interface OpenAiProvider {
  readonly kind: "openai";
  readonly id: string;
  readonly name: string;
  readonly source: "environment" | "secrets-file" | "saved" | "found";
  /** Absent when the source cannot be read; then `problem` says why. */
  readonly connection?: Connection;
  readonly problem?: string;
  /** Changes when the same source says something else. */
  readonly version?: string;
}

export interface BuiltInProvider {
  readonly kind: "guide" | "local";
  readonly id: string;
  readonly name: string;
  readonly source: "built-in";
  readonly models: readonly string[];
  readonly model: LanguageModel;
}

export type Provider = OpenAiProvider | BuiltInProvider;

export interface ModelNames {
  readonly models: readonly string[];
  /** Why there are none, for a person. */
  readonly problem?: string;
}

/** What the page may see: of the key only its ending. */
export function providerView(provider: Provider, listed: ModelNames): ProviderView {
  const { id, name, kind, source } = provider;
  if (provider.kind !== "openai") return { id, name, kind, source, models: provider.models };
  const ending = provider.connection?.key?.ending;
  const problem = provider.problem ?? listed.problem;
  return {
    id,
    name,
    kind,
    source,
    ...(provider.connection && { baseUrl: provider.connection.baseUrl, api: provider.connection.api }),
    ...(ending !== undefined && { keyEnding: ending }),
    models: listed.models,
    ...(problem !== undefined && { problem }),
  };
}

export const openAiBaseUrl = "https://api.openai.com/v1";

/** What to call a server that nobody has named: OpenAI, else its host and port. */
export function nameOfServer(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  return host === "api.openai.com" ? "OpenAI" : host;
}

/** Whether two base URLs lead to the same server; the loopback's names count as one. */
export function isSameServer(one: string, other: string): boolean {
  return originOf(one) === originOf(other);
}

function originOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  const host = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) ? "localhost" : url.hostname;
  return `${url.protocol}//${host}:${url.port}`;
}
