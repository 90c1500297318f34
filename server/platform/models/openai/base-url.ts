/** What a person types as the address of a model server, and what is made of it. */

export type OpenAiApi = "chat-completions" | "responses";

export interface BaseUrl {
  /** Without a trailing slash; the API's paths are put behind it: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Set when the address ended in the path of one API. */
  readonly api?: OpenAiApi;
}

const endings: readonly (readonly [RegExp, OpenAiApi | undefined])[] = [
  [/\/chat\/completions$/i, "chat-completions"],
  [/\/chat$/i, "chat-completions"],
  [/\/responses$/i, "responses"],
  [/\/(models|completions|embeddings)$/i, undefined],
];

/**
 * Accepts `localhost:11434`, `http://host`, `http://host/v1/`, or a whole pasted endpoint, and gives the base URL to which
 * `/chat/completions` is added. `/v1` is added only where no path is given; a path of the user's own is kept as it is.
 * Gives `undefined` for what is no http(s) address or holds a user name or password.
 */
export function normaliseBaseUrl(typed: string): BaseUrl | undefined {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${defaultScheme(text)}://${text}`;
  if (!URL.canParse(withScheme)) return undefined;
  const url = new URL(withScheme);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  let path = url.pathname.replace(/\/{2,}/g, "/").replace(/\/+$/, "");
  let api: OpenAiApi | undefined;
  for (const [ending, itsApi] of endings) {
    if (!ending.test(path)) continue;
    path = path.replace(ending, "");
    api = itsApi;
    break;
  }
  if (path === "") path = "/v1";
  // A query stays: some gateways carry their version there (`?api-version=…`).
  return { baseUrl: `${url.origin}${path}${url.search}`, ...(api === undefined ? {} : { api }) };
}

/** The address of one endpoint below a base URL, with the base URL's query kept. */
export function endpointUrl(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${path}`;
  return url;
}

/** Names and numbers of this machine or the local network get http, all others https. */
function defaultScheme(text: string): "http" | "https" {
  const host = text.replace(/[/?#].*$/, "");
  const isLocal = /^(localhost|\[.*\]|\d+\.\d+\.\d+\.\d+|[^.:]+|[^:]+\.(local|lan|home|internal))(:\d+)?$/i.test(host);
  return isLocal ? "http" : "https";
}
