/** When to ask again, and after how long. */

/** How often an answer is asked for in all, as long as nothing of it has come. */
const maxAttempts = 3;
/** A server that asks for a longer pause gets no second request: the person decides. */
export const longestPauseMs = 60_000;

/** Waits, or rejects when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Reads a `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3), or the `retry-after-ms` that some gateways send.
 * Gives milliseconds from `now`, never negative; `undefined` when there is none or it makes no sense.
 */
export function retryAfterMs(
  headers: { readonly [name: string]: string | readonly string[] | undefined },
  now: number,
): number | undefined {
  const ms = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers["retry-after"];
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const inSeconds = Number(value);
  if (Number.isFinite(inSeconds)) return inSeconds >= 0 ? inSeconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * The pause before the next attempt (`attempt` is the number of the one that failed, from 1): what the server asked for, else
 * 0.5 s doubled each time, with up to half of it taken off at random so that many clients do not come back at once.
 * `undefined`: do not ask again.
 */
export function pauseBeforeRetry(
  attempt: number,
  askedMs: number | undefined,
  random: () => number,
): number | undefined {
  if (attempt >= maxAttempts) return undefined;
  if (askedMs === undefined) return Math.round(500 * 2 ** (attempt - 1) * (1 - random() / 2));
  return askedMs > longestPauseMs ? undefined : Math.round(askedMs);
}

/** The clock's own waiting. */
export const waitFor: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
