/** Providers saved on the page: each an entry of the vault, its key bound to the origin it was saved for. */
import { z } from "zod";
import { createSecret } from "../platform/secret.ts";
import type { UnreadableEntry, Vault } from "../platform/vault.ts";
import type { Connection, OpenAiProvider } from "./provider.ts";

const savedSchema = z.object({
  name: z.string(),
  baseUrl: z.url({ protocol: /^https?$/ }),
  api: z.enum(["chat-completions", "responses"]),
  key: z.object({ origin: z.string(), value: z.string() }).optional(),
});

/** As the vault's text. The key's origin is written beside it, so that it can never be used for another one. */
export function savedProviderText(name: string, { baseUrl, api, key }: Connection): string {
  const bound = key === undefined ? {} : { key: { origin: new URL(baseUrl).origin, value: key.reveal() } };
  return JSON.stringify({ name, baseUrl, api, ...bound });
}

/** All saved providers; what cannot be opened is one too, without a connection and with its problem. */
export async function savedProviders(vault: Vault): Promise<readonly OpenAiProvider[]> {
  const read = await vault.read().catch(closedVault);
  if ("problem" in read) return [read];
  const { entries, unreadable } = read;
  return [
    ...entries.map(({ name, text }) => openedProvider(name, text)),
    ...unreadable.map((entry) => brokenProvider(entry)),
  ];
}

function openedProvider(id: string, text: string): OpenAiProvider {
  const saved = savedSchema.safeParse(parsed(text)).data;
  if (saved === undefined) {
    return {
      ...unnamed(id),
      problem: "This saved provider was written by another version. Remove it and add it again.",
    };
  }
  const { name, baseUrl, api, key } = saved;
  const isKeyForThis = key !== undefined && key.origin === new URL(baseUrl).origin;
  const connection = { baseUrl, api, ...(isKeyForThis && { key: createSecret(key.value) }) };
  return { kind: "openai", id, name, source: "saved", connection };
}

function brokenProvider({ name, reason, keptAs }: UnreadableEntry): OpenAiProvider {
  if (reason === "no-key") {
    const problem =
      "The key file that opens the saved providers is missing. Put it back and look again, or remove this one.";
    return { ...unnamed(name), problem };
  }
  if (reason === "not-read") return { ...unnamed(name), problem: "The file of this saved provider cannot be read." };
  const kept = keptAs === undefined ? "It was left where it is." : `It is kept as ${keptAs}.`;
  return { ...unnamed(name), problem: `This saved provider cannot be decrypted. ${kept} Add the provider again.` };
}

/** The directory of the vault, or its key file, may not be read. */
function closedVault(error: unknown): OpenAiProvider & { readonly problem: string } {
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  const problem = `The saved providers cannot be read${code}. Give Folio the permission to read them and look again; nothing was changed.`;
  return { ...unnamed("saved"), problem };
}

function unnamed(id: string): OpenAiProvider {
  return { kind: "openai", id, name: "Saved provider", source: "saved" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
