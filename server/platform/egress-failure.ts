/** Why an outgoing request did not happen or broke off, as a value. */

export type EgressFailureCode =
  | "aborted"
  | "bad-url"
  | "refused-address"
  | "redirected"
  | "timed-out"
  | "tls"
  | "too-large"
  | "unreachable"
  | "wrong-type";

export interface EgressFailure {
  readonly type: "failure";
  readonly code: EgressFailureCode;
  /** For `unreachable`: `no-such-host`, `not-listening`, or `reset` (a connection that was there broke off). */
  readonly detail?: "no-such-host" | "not-listening" | "reset" | "other";
  /** One clause for a person, without the host: "nothing is listening there". */
  readonly reason: string;
}

/** Makes a failure; `reason` is for a person and holds no secret and no address that was looked up. */
export function egressFailure(
  code: EgressFailureCode,
  reason: string,
  detail?: EgressFailure["detail"],
): EgressFailure {
  return { type: "failure", code, reason, ...(detail === undefined ? {} : { detail }) };
}

/** The error that our lookup gives to the socket, so that it comes out as `refused-address`. */
export const refusedAddressCode = "ERR_EGRESS_REFUSED_ADDRESS";

const noSuchHost = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME", "ENODATA"]);
const reset = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "UND_ERR_SOCKET"]);
const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** Turns what a socket or a response stream emitted as `error` into a failure. */
export function egressFailureOf(error: unknown): EgressFailure {
  const code = errorCode(error);
  if (code === refusedAddressCode) return egressFailure("refused-address", "it leads to a private address");
  if (tlsCodes.test(code)) return egressFailure("tls", `its certificate or its TLS is not valid (${code})`);
  if (noSuchHost.has(code)) return egressFailure("unreachable", "there is no server of that name", "no-such-host");
  if (code === "ECONNREFUSED") return egressFailure("unreachable", "nothing is listening there", "not-listening");
  if (code === "ETIMEDOUT") return egressFailure("timed-out", "the connection timed out");
  if (reset.has(code)) return egressFailure("unreachable", "the connection was reset", "reset");
  if (code.startsWith("HPE_")) return egressFailure("unreachable", "what it sent is not HTTP", "other");
  return egressFailure(
    "unreachable",
    code === "" ? "the connection failed" : `the connection failed (${code})`,
    "other",
  );
}

/** The same for a request that goes through a proxy: what failed may be the way to the proxy, or its no. */
export function proxyFailureOf(error: unknown): EgressFailure {
  if (errorCode(error) === "ERR_PROXY_TUNNEL") {
    const said = error instanceof Error ? /HTTP\/1\.[01] (\d{3})/.exec(error.message)?.[1] : undefined;
    const status = said === undefined ? "" : ` (status ${said})`;
    return egressFailure("unreachable", `the proxy of HTTPS_PROXY did not connect to it${status}`, "other");
  }
  const failure = egressFailureOf(error);
  if (failure.code !== "unreachable" || failure.detail === "reset") return failure;
  return egressFailure("unreachable", `the proxy of HTTPS_PROXY cannot be reached: ${failure.reason}`, "other");
}

function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  return "";
}
