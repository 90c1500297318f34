import { Problem } from "../problem.ts";

export interface GuardedRequest {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
}

const safeMethods = new Set(["GET", "HEAD"]);
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/**
 * Refuses what another site, or a name that was re-bound to this address, could send: the Host must be one of
 * ours, a change must come from our own page and be JSON.
 * @throws Problem 421 `wrong-host`, 403 `forbidden`, 405 and 415 `bad-request`
 */
export function guardRequest(request: GuardedRequest, allowedHosts: ReadonlySet<string>): void {
  const host = request.header("host")?.toLowerCase();
  if (host === undefined || !allowedHosts.has(host)) {
    throw new Problem("wrong-host", 421, "This address is not one that Folio answers to.", {
      detail: "Open the link that Folio printed, or name the host in FOLIO_ALLOWED_HOSTS.",
    });
  }
  if (!knownMethods.has(request.method)) throw new Problem("bad-request", 405, "This method is not known here.");
  if (!comesFromOurPage(request, host)) {
    throw new Problem("forbidden", 403, "Another site asked for this. Nothing was changed.");
  }
  if (safeMethods.has(request.method)) return;
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Problem("bad-request", 415, "A change has to be sent as application/json. Nothing was changed.");
  }
}

function comesFromOurPage(request: GuardedRequest, host: string): boolean {
  const origin = request.header("origin");
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return false;
  const site = request.header("sec-fetch-site");
  if (safeMethods.has(request.method)) {
    // A link from elsewhere may open the page itself; nothing else of ours is for other sites, nor for other ports.
    const isOurs = site === undefined || site === "same-origin" || site === "none";
    return (
      isOurs || (request.header("sec-fetch-mode") === "navigate" && request.header("sec-fetch-dest") === "document")
    );
  }
  if (site !== undefined) return site === "same-origin";
  // Without Sec-Fetch-Site (scripts, old browsers) an Origin that matches is asked for when a browser would send one.
  return origin !== undefined || request.header("cookie") === undefined || request.header("x-folio") !== undefined;
}

/** The Host values that mean this process: loopback names with its port, and what the operator named. */
export function allowedHostsFor(port: number, configured: readonly string[]): ReadonlySet<string> {
  const hosts = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${port}`);
  if (port === 80) hosts.push("localhost", "127.0.0.1", "[::1]");
  return new Set([...hosts, ...configured.map((host) => host.toLowerCase())]);
}
