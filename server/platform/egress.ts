/** The one way out: every request that the server makes goes through here, and only to public or listed addresses. */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { TLSSocket } from "node:tls";
import {
  type EgressFailure,
  egressFailure,
  egressFailureOf,
  proxyFailureOf,
  refusedAddressCode,
} from "./egress-failure.ts";
import { isThroughProxy, type ProxySettings } from "./proxy.ts";
import { type AddressRules, createAddressRules } from "./public-address.ts";

export interface EgressRequest {
  readonly url: string | URL;
  /** A GET follows up to 3 redirects, a POST none. */
  readonly method?: "GET" | "POST";
  /** Sent to the origin of `url` only: after a redirect to another origin, just `accept` and `user-agent` go on. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Closes the socket at once, also while the body is being read. */
  readonly signal?: AbortSignal;
  /** Until the connection (TLS included) stands; 10,000 by default. */
  readonly connectTimeoutMs?: number;
  /** From then until the headers are here; 30,000 by default. */
  readonly headersTimeoutMs?: number;
}

export interface EgressResponse {
  readonly type: "response";
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  /** Read it to its end or `destroy()` it; it emits `error` when the connection breaks off (see `egressFailureOf`). */
  readonly body: http.IncomingMessage;
}

export interface Egress {
  /** Never rejects: what can go wrong comes back as a failure. HTTP errors such as 404 are responses. */
  open(request: EgressRequest): Promise<EgressResponse | EgressFailure>;
  /** Closes every connection. */
  close(): void;
}

export interface EgressOptions {
  /**
   * Says whether a person with the right to do so has listed this exact `host:port` (as `hostPortOf` writes it). Listed hosts
   * may be on this machine or in the local network; all others must be public. Asked again for each request and redirect.
   */
  readonly allow?: (hostPort: string) => boolean;
  /**
   * For https to listed hosts: to where a proxy leads cannot be checked here, so for hosts that nobody listed it is not
   * used, and they are reached directly or not at all.
   */
  readonly proxy?: ProxySettings | undefined;
  /** Hears of each refused address, for the security log. */
  readonly onRefused?: (reason: string) => void;
}

interface Route {
  readonly url: URL;
  readonly isListed: boolean;
}

/** With the agent's sockets checked in their lookup, a socket that is used again was checked too. */
interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
  readonly isProxied?: true;
}

const maxRedirects = 3;
const headersForAnyOrigin = new Set(["accept", "accept-language", "user-agent"]);

/** `host:port` in one form: lower case, numbers as the URL standard writes them, the port always there. */
export function hostPortOf(url: string | URL): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}

export function createEgress({ allow = () => false, proxy, onRefused = () => undefined }: EgressOptions = {}): Egress {
  const rules = createAddressRules();
  const [direct, listed] = [createAgents(rules.isPublic), createAgents(rules.isReachableByListedName)];
  const proxied = proxy === undefined ? undefined : createProxiedAgents(proxy);

  function agentsFor({ url, isListed }: Route): Agents {
    if (!isListed) return direct;
    return proxy !== undefined && proxied !== undefined && isThroughProxy(proxy, url, rules) ? proxied : listed;
  }

  async function open(request: EgressRequest): Promise<EgressResponse | EgressFailure> {
    const answer = await follow(request);
    if (answer.type === "failure" && answer.code === "refused-address") onRefused(answer.reason);
    return answer;
  }

  async function follow(request: EgressRequest): Promise<EgressResponse | EgressFailure> {
    let route = routeOf(request.url, undefined, allow, rules);
    let { headers = {} } = request;
    for (let redirects = 0; "url" in route; redirects += 1) {
      const { url } = route;
      const answer = await send(url, { ...request, headers }, agentsFor(route));
      if (answer.type === "failure" || !isRedirect(answer)) return answer;
      answer.body.destroy();
      if ((request.method ?? "GET") !== "GET") return egressFailure("redirected", "it sends the request elsewhere");
      if (redirects === maxRedirects) return egressFailure("redirected", "it redirects too often");
      route = routeOf(answer.headers.location ?? "", url, allow, rules);
      if (!("url" in route)) return route;
      if (url.protocol === "https:" && route.url.protocol === "http:") {
        return egressFailure("redirected", "it redirects from https to http");
      }
      headers = headersFor(headers, url, route.url);
    }
    return route;
  }

  function close(): void {
    for (const agents of [direct, listed, proxied]) {
      agents?.http.destroy();
      agents?.https.destroy();
    }
  }

  return { open, close };
}

/** Where a URL may go, before anything is sent. A name is checked once more when it is looked up for the connection. */
function routeOf(
  address: string | URL,
  base: URL | undefined,
  allow: (hostPort: string) => boolean,
  rules: AddressRules,
): Route | EgressFailure {
  if (!URL.canParse(String(address), base?.href)) return egressFailure("bad-url", "it is not a web address");
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return egressFailure("bad-url", "only http and https addresses are used");
  }
  if (url.username !== "" || url.password !== "") {
    return egressFailure("bad-url", "the address holds a user name or a password");
  }
  const hostPort = hostPortOf(url);
  if (allow(hostPort)) return { url, isListed: true };
  const port = Number(hostPort.split(":").at(-1));
  const isWebPort = port === 80 || port === 443 || port >= 1024;
  if (!isWebPort) return egressFailure("refused-address", "its port is not for the web");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !rules.isPublic(host)) return egressFailure("refused-address", "it is a private address");
  return { url, isListed: false };
}

function isRedirect({ status, headers }: EgressResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined;
}

function headersFor(headers: Readonly<Record<string, string>>, from: URL, to: URL): Readonly<Record<string, string>> {
  if (from.origin === to.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => headersForAnyOrigin.has(name.toLowerCase())));
}

function createAgents(isAllowed: (address: string) => boolean): Agents {
  const options = { keepAlive: true, lookup: checkedLookup(isAllowed) };
  return { http: new http.Agent(options), https: new https.Agent({ ...options, rejectUnauthorized: true }) };
}

/** The proxy's own address is the operator's; what it connects to has to prove its name by its certificate. */
function createProxiedAgents({ url }: ProxySettings): Agents {
  const secure = new https.Agent({ keepAlive: true, rejectUnauthorized: true, proxyEnv: { HTTPS_PROXY: url } });
  return { http: new http.Agent(), https: secure, isProxied: true };
}

/** Looks a name up for the socket that is about to connect, so that there is no gap between check and use. */
function checkedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed: LookupAddress[] = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (first === undefined) {
        return callback(Object.assign(new Error("refused address"), { code: refusedAddressCode }), []);
      }
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}

/** One request to one URL, without following anything. */
async function send(url: URL, request: EgressRequest, agents: Agents): Promise<EgressResponse | EgressFailure> {
  const first = await exchange(url, request, agents);
  if (first !== "stale-socket") return first;
  // A kept-alive socket that the server had closed in the meantime says nothing about the server: the next one is fresh.
  const second = await exchange(url, request, agents);
  return second === "stale-socket" ? egressFailure("unreachable", "the connection was reset", "reset") : second;
}

type Exchanged = EgressResponse | EgressFailure | "stale-socket";

function exchange(url: URL, request: EgressRequest, agents: Agents): Promise<Exchanged> {
  const { signal, method = "GET", connectTimeoutMs = 10_000, headersTimeoutMs = 30_000 } = request;
  if (signal?.aborted) return Promise.resolve(egressFailure("aborted", "it was stopped"));
  return new Promise((resolve) => {
    const isSecure = url.protocol === "https:";
    const body = method === "POST" ? Buffer.from(request.body ?? "") : undefined;
    const options: https.RequestOptions = {
      agent: isSecure ? agents.https : agents.http,
      method,
      headers: {
        "accept-encoding": "identity",
        ...request.headers,
        ...(body === undefined ? {} : { "content-length": String(body.length) }),
      },
    };
    const outgoing = requested(url, options);
    if (outgoing === undefined) {
      return resolve(egressFailure("bad-url", "the address or a header holds a character that cannot be sent"));
    }
    const fail = (failure: Exchanged) => {
      settle();
      signal?.removeEventListener("abort", abort);
      resolve(failure);
      outgoing.destroy();
    };
    const abort = () => fail(egressFailure("aborted", "it was stopped"));
    const deadline = (ms: number, what: string) =>
      setTimeout(() => fail(egressFailure("timed-out", `${what} within ${seconds(ms)}`)), ms);
    let timer = deadline(connectTimeoutMs, "it could not be connected to");
    const settle = () => clearTimeout(timer);

    signal?.addEventListener("abort", abort, { once: true });
    whenConnected(outgoing, isSecure, () => {
      settle();
      timer = deadline(headersTimeoutMs, "it did not answer");
    });
    // Stays for good: a socket may report more than one error, and one without a listener would end the process.
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const failure = agents.isProxied === true ? proxyFailureOf(error) : egressFailureOf(error);
      fail(outgoing.reusedSocket && failure.detail === "reset" ? "stale-socket" : failure);
    });
    // Such as an answer that changes to another protocol, which Node ends without a word.
    const closed = () => fail(egressFailure("unreachable", "the connection was closed", "reset"));
    outgoing.on("close", closed);
    outgoing.on("response", (incoming) => {
      settle();
      outgoing.off("close", closed);
      if (incoming.headers["content-encoding"] !== undefined && incoming.headers["content-encoding"] !== "identity") {
        return fail(egressFailure("wrong-type", "it sent a compressed answer, which was not asked for"));
      }
      incoming.once("close", () => signal?.removeEventListener("abort", abort));
      resolve({ type: "response", status: incoming.statusCode ?? 0, headers: incoming.headers, url, body: incoming });
    });
    outgoing.end(body);
  });
}

/** Node throws for a header or a path that cannot be written; that is the caller's input, so it is no reason to throw here. */
function requested(url: URL, options: https.RequestOptions): http.ClientRequest | undefined {
  try {
    if (url.protocol !== "https:") return http.request(url, options);
    return https.request(url, { ...options, rejectUnauthorized: true });
  } catch {
    return undefined;
  }
}

function whenConnected(outgoing: http.ClientRequest, isSecure: boolean, connected: () => void): void {
  outgoing.once("socket", (socket) => {
    if (outgoing.reusedSocket) return connected();
    // One through a proxy is handed over when its handshake is over.
    if (!socket.connecting && isSecure && socket instanceof TLSSocket && socket.authorized) return connected();
    socket.once(isSecure ? "secureConnect" : "connect", connected);
  });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
