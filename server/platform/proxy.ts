/** Which requests leave through the proxy that the environment names (`HTTPS_PROXY`, `NO_PROXY`). */
import { isIP } from "node:net";
import type { AddressRules } from "./public-address.ts";

/** As the environment gives them. */
export interface ProxySettings {
  /** `http://…` or `https://…`, with a name and password where the proxy asks for them. */
  readonly url: string;
  /** Hosts that are not asked for through the proxy: `example.com` (and all below it), `host:port`, `*`. */
  readonly except: readonly string[];
}

/** Endings of names that no public server has. */
const privateEndings = [".localhost", ".local", ".internal", ".home.arpa", ".lan"];

/**
 * Whether a request to `url` goes through the proxy. Only https does: the connection is then made of two halves, and the
 * proxy sees host and port, never a key. This computer and private networks are reached without it.
 */
export function isThroughProxy({ except }: ProxySettings, url: URL, rules: AddressRules): boolean {
  if (url.protocol !== "https:" || isPrivate(url.hostname, rules)) return false;
  return !except.some((entry) => covers(entry, url));
}

function isPrivate(hostname: string, rules: AddressRules): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return !rules.isPublic(host);
  return !host.includes(".") || privateEndings.some((ending) => host.endsWith(ending));
}

function covers(entry: string, url: URL): boolean {
  if (entry === "*") return true;
  const [, name = "", port] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== (url.port || "443")) return false;
  const wanted = bare(name.toLowerCase()).replace(/^\*?\./, "");
  const host = bare(url.hostname);
  return wanted !== "" && (host === wanted || host.endsWith(`.${wanted}`));
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
