/** Finds out what stands between this browser and Folio does to the connection, and names it. */

export type ConnectionFault =
  | "unreachable"
  | "buffered"
  | "compressed"
  | "changed-headers"
  | "cut"
  | "small-bodies"
  | "slow";

export interface Finding {
  readonly check: "answer" | "stream" | "headers" | "body" | "quiet";
  /** Absent: all is well. */
  readonly fault?: ConnectionFault;
  /** What was measured, in words' numbers: milliseconds, bytes or seconds by fault. */
  readonly measured: number;
}

export type Ask = (path: string, init: RequestInit) => Promise<Response>;

const slowMs = 1000;
/** What a page may send in one message, escaped, with room. */
const bodyBytes = 9 * 1024 * 1024;

/**
 * Runs every check in turn and tells each finding as it is known; the last one (`quiet`) takes 75 s.
 * @param ask as `fetch`, with paths relative to `/api`
 */
export async function* checkConnection(ask: Ask, now: () => number, signal: AbortSignal): AsyncGenerator<Finding> {
  const answer = await timeAnswer(ask, now, signal);
  yield answer;
  if (answer.fault === "unreachable") return;
  yield* checkStream(ask, now, signal);
  yield await checkBody(ask, signal);
  yield await checkQuiet(ask, now, signal);
}

async function timeAnswer(ask: Ask, now: () => number, signal: AbortSignal): Promise<Finding> {
  const started = now();
  try {
    const response = await ask("/health", { signal });
    await response.arrayBuffer();
    const measured = now() - started;
    if (!response.ok) return { check: "answer", fault: "unreachable", measured: response.status };
    return { check: "answer", ...(measured > slowMs ? { fault: "slow" as const } : {}), measured };
  } catch (error) {
    if (signal.aborted) throw error;
    return { check: "answer", fault: "unreachable", measured: 0 };
  }
}

interface Arrival {
  /** When Folio sent it, milliseconds after its first. */
  readonly at: number;
  /** When it came, milliseconds after the first came. */
  readonly came: number;
}

/** Eight messages over 1.75 s: held back, they come together. */
async function* checkStream(ask: Ask, now: () => number, signal: AbortSignal): AsyncGenerator<Finding> {
  const arrivals: Arrival[] = [];
  let headers: Headers | undefined;
  let first: number | undefined;
  try {
    const response = await ask("/self-test/stream", { signal });
    headers = response.headers;
    for await (const { at } of readTicks(response)) {
      first ??= now();
      arrivals.push({ at, came: now() - first });
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  yield judgeStream(arrivals);
  if (headers !== undefined) yield judgeHeaders(headers);
}

function judgeStream(arrivals: readonly Arrival[]): Finding {
  const sent = arrivals.at(-1)?.at ?? 0;
  const came = arrivals.at(-1)?.came ?? 0;
  if (arrivals.length < 8) return { check: "stream", fault: "cut", measured: Math.round(sent) };
  const isHeld = came < sent / 2;
  return { check: "stream", ...(isHeld ? { fault: "buffered" as const } : {}), measured: Math.round(sent - came) };
}

function judgeHeaders(headers: Headers): Finding {
  if (headers.has("content-encoding")) return { check: "headers", fault: "compressed", measured: 0 };
  const isKept = /no-transform/.test(headers.get("cache-control") ?? "");
  return { check: "headers", ...(isKept ? {} : { fault: "changed-headers" as const }), measured: 0 };
}

async function checkBody(ask: Ask, signal: AbortSignal): Promise<Finding> {
  try {
    const response = await ask("/self-test/body", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify("x".repeat(bodyBytes)),
      signal,
    });
    const isWhole = response.ok && ((await response.json()) as { bytes?: number }).bytes === bodyBytes + 2;
    return { check: "body", ...(isWhole ? {} : { fault: "small-bodies" as const }), measured: response.status };
  } catch (error) {
    if (signal.aborted) throw error;
    return { check: "body", fault: "small-bodies", measured: 0 };
  }
}

/** Only heartbeats for 75 s: what cuts idle connections cuts this one. */
async function checkQuiet(ask: Ask, now: () => number, signal: AbortSignal): Promise<Finding> {
  const started = now();
  const seconds = (): number => Math.round((now() - started) / 1000);
  try {
    const response = await ask("/self-test/stream?quiet", { signal });
    for await (const { isLast } of readTicks(response)) if (isLast) return { check: "quiet", measured: seconds() };
  } catch (error) {
    if (signal.aborted) throw error;
  }
  return { check: "quiet", fault: "cut", measured: seconds() };
}

async function* readTicks(response: Response): AsyncGenerator<{ readonly at: number; readonly isLast: boolean }> {
  if (!response.ok || response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const frame = text.slice(0, end);
      text = text.slice(end + 2);
      if (frame.startsWith("data: ")) yield JSON.parse(frame.slice(6)) as { at: number; isLast: boolean };
    }
  }
}
