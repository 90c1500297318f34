import type { ProblemCode, ProblemDetails } from "../../shared/problems.ts";
import { apiBase } from "./api-base.ts";

/** The server said no (or nothing): what a person reads is in `details`. */
export class ApiProblem extends Error {
  readonly details: ProblemDetails;
  constructor(details: ProblemDetails) {
    super(details.title);
    this.name = "ApiProblem";
    this.details = details;
  }
}

/** No answer came at all: the server is away or the network is. What was asked may or may not have happened. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super("No connection to Folio.", { cause });
    this.name = "ConnectionLost";
  }
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

const codeByStatus: Readonly<Record<number, ProblemCode>> = { 401: "not-signed-in", 404: "not-found", 409: "stale" };

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) {
    return new ApiProblem(body as ProblemDetails);
  }
  const code = codeByStatus[response.status] ?? "internal";
  return new ApiProblem({
    type: `about:blank#${code}`,
    code,
    status: response.status,
    title: `The server answered ${response.status}.`,
  });
}

/** Asks the API (`/api` + path). Throws `ApiProblem` for a refusal and `ConnectionLost` when no answer came. */
async function ask(path: string, options: RequestOptions): Promise<Response> {
  const { method = "GET", body, signal } = options;
  const isChange = method !== "GET";
  const response = await fetch(`${apiBase()}/api${path}`, {
    method,
    credentials: "same-origin",
    ...(isChange ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) } : {}),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ConnectionLost(cause);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Asks the API (`/api` + path) and gives the parsed JSON, or `undefined` for an answer without a body.
 * Throws `ApiProblem` for a refusal and `ConnectionLost` when no answer came; an abort throws as `fetch` does.
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await ask(path, options);
  if (response.status === 204 || response.headers.get("content-length") === "0") return undefined as Answer;
  return (await response.json().catch((cause: unknown) => {
    throw new ConnectionLost(cause);
  })) as Answer;
}

/** The same for bytes: an address of this page (`blob:`) that shows them. */
export async function requestImage(path: string, options: RequestOptions): Promise<string> {
  const response = await ask(path, options);
  return URL.createObjectURL(await response.blob());
}

/** As the browser asks, for what looks at the connection itself: nothing is read, retried or made a problem of. */
export function askPlainly(path: string, init: RequestInit): Promise<Response> {
  return fetch(`${apiBase()}/api${path}`, { credentials: "same-origin", cache: "no-store", ...init });
}

/** The code of a refusal; `undefined` for anything else that was thrown. */
export function problemCode(thrown: unknown): ProblemCode | undefined {
  return thrown instanceof ApiProblem ? thrown.details.code : undefined;
}

/** What happened and what to do, for a person, from whatever was thrown. */
export function problemWords(thrown: unknown): { readonly title: string; readonly detail?: string } {
  if (thrown instanceof ApiProblem) {
    const { title, detail } = thrown.details;
    return detail === undefined ? { title } : { title, detail };
  }
  if (thrown instanceof ConnectionLost) return { title: thrown.message, detail: "It is tried again by itself." };
  return { title: thrown instanceof Error ? thrown.message : "Something unexpected happened." };
}
