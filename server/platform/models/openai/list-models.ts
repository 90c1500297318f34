import type { Egress } from "../../egress.ts";
import { fetchJson } from "../../read-body.ts";
import type { Secret } from "../../secret.ts";
import type { ModelFailure } from "../language-model.ts";
import { egressFailing, type FailureContext, statusFailing } from "./answer-failure.ts";
import { isObject, textOf } from "./answer-reader.ts";
import { endpointUrl } from "./base-url.ts";

export interface ListModelsOptions {
  readonly baseUrl: string;
  readonly key?: Secret;
  readonly egress: Egress;
  readonly signal: AbortSignal;
  /** Until the connection stands and until the answer is whole; 10,000 by default. A probe of this machine asks for less. */
  readonly timeoutMs?: number;
}

export type ListedModels = { readonly models: readonly string[] } | { readonly failure: ModelFailure };

const mostModels = 5_000;
const longestName = 300;

/** Asks a server which models it has: all of them, sorted, each once. */
export async function listModels(options: ListModelsOptions): Promise<ListedModels> {
  const { egress, key, signal, timeoutMs = 10_000 } = options;
  const url = endpointUrl(options.baseUrl, "/models");
  const context: FailureContext = { host: url.host, model: "", key };
  const answer = await fetchJson(
    egress,
    {
      url,
      signal,
      headers: key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` },
      connectTimeoutMs: timeoutMs,
      headersTimeoutMs: timeoutMs,
    },
    { limitBytes: 8_000_000, timeoutMs },
  );
  if (answer.type === "failure") return { failure: egressFailing(context, answer).failure };
  if (answer.type === "http-error") return { failure: listFailure(context, answer.status, answer.text) };
  const names = namesOf(answer.json);
  if (names !== undefined) return { models: names };
  const title = `${url.host} answers, but not with a list of models. The address may be wrong.`;
  return { failure: { code: "malformed", title, status: answer.status } };
}

function listFailure(context: FailureContext, status: number, text: string): ModelFailure {
  const { failure } = statusFailing(context, status, text);
  if (failure.code !== "not-found") return failure;
  return { ...failure, title: `${context.host} has no list of models at this address (${status}).` };
}

/** `{data: [{id}]}`, as the API has it; `{models: [{name}]}` and a bare list are in use too. */
function namesOf(json: unknown): readonly string[] | undefined {
  const list = isObject(json) ? (json.data ?? json.models) : json;
  if (!Array.isArray(list)) return undefined;
  const names = list.map(nameOf).filter((name) => name !== "" && name.length <= longestName);
  return [...new Set(names)].sort(byName).slice(0, mostModels);
}

function nameOf(entry: unknown): string {
  if (!isObject(entry)) return textOf(entry).trim();
  return (textOf(entry.id) || textOf(entry.model) || textOf(entry.name)).trim();
}

function byName(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
