/** Providers that a person configured outside the page: environment, `.env`, and the workspace's secrets file. */
import { createHash } from "node:crypto";
import { parse, TomlError } from "smol-toml";
import { normaliseBaseUrl } from "../platform/models/openai/base-url.ts";
import { detectApi } from "../platform/models/openai/detect-api.ts";
import { createSecret } from "../platform/secret.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { nameOfServer, type OpenAiProvider, openAiBaseUrl } from "./provider.ts";

/** `OPENAI_API_KEY` and `OPENAI_BASE_URL` as one place gives them; places are never mixed (a key stays with its URL). */
export interface ConfiguredSource {
  readonly where: "environment" | ".env";
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
}

/** A source that names neither is no provider. A base URL alone is a server that takes no key. */
export function configuredProviders(sources: readonly ConfiguredSource[]): readonly OpenAiProvider[] {
  return sources.flatMap(({ where, apiKey, baseUrl }) => {
    if (apiKey === undefined && baseUrl === undefined) return [];
    const id = where === "environment" ? "environment" : "env-file";
    return [providerOf({ id, source: "environment", place: where, apiKey, baseUrl })];
  });
}

export const secretsFile = ".streamlit/secrets.toml";
const maximumBytes = 64 * 1024;

/**
 * Reads the workspace's `.streamlit/secrets.toml`; undefined when it is not there or holds no `OPENAI_API_KEY`. A file
 * that cannot be read gives a provider with a problem. A base URL alone is left out: a folder from elsewhere must not be
 * able to send this person's words to a server of its choice without showing a key.
 */
export async function secretsFileProvider(store: Pick<DocumentStore, "read">): Promise<OpenAiProvider | undefined> {
  const file = await store.read(secretsFile).catch((error: unknown) => problemOf(error));
  if (file === undefined) return undefined;
  if (typeof file === "string") return broken(file);
  if (file.bytes.length > maximumBytes) return broken(`${secretsFile} is larger than 64 kB. It was not read.`);
  const values = valuesIn(file);
  if (typeof values === "string") return broken(values);
  const apiKey = textOf(values["OPENAI_API_KEY"]);
  if (apiKey === undefined) return undefined;
  const baseUrl = textOf(values["OPENAI_BASE_URL"]);
  const id = baseUrl === undefined ? "secrets-file" : `secrets-file-${digest(baseUrl)}`;
  return { ...providerOf({ id, source: "secrets-file", place: secretsFile, apiKey, baseUrl }), version: file.revision };
}

interface Described {
  readonly id: string;
  readonly source: "environment" | "secrets-file";
  readonly place: string;
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
}

function providerOf({ id, source, place, apiKey, baseUrl }: Described): OpenAiProvider {
  const normal = normaliseBaseUrl(baseUrl ?? openAiBaseUrl);
  if (normal === undefined) {
    const problem = `OPENAI_BASE_URL in ${place === "environment" ? "the environment" : place} is not a web address. It looks like ${openAiBaseUrl}.`;
    return { kind: "openai", id, name: "OpenAI", source, problem };
  }
  const connection = {
    baseUrl: normal.baseUrl,
    api: normal.api ?? detectApi(normal.baseUrl),
    ...(apiKey !== undefined && { key: createSecret(apiKey) }),
  };
  return { kind: "openai", id, name: nameOfServer(normal.baseUrl), source, connection };
}

function broken(problem: string): OpenAiProvider {
  return { kind: "openai", id: "secrets-file", name: secretsFile, source: "secrets-file", problem };
}

/** The top-level values, or what is wrong; the line is told, never its text. */
function valuesIn({ bytes }: StoredDocument): Readonly<Record<string, unknown>> | string {
  try {
    return parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const line = error instanceof TomlError ? `line ${error.line} is not TOML` : "it is not UTF-8";
    return `${secretsFile} cannot be read: ${line}. Correct it and look again; nothing was changed.`;
  }
}

function problemOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "not-found") return undefined;
  return error instanceof Error ? error.message : `${secretsFile} cannot be read.`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
