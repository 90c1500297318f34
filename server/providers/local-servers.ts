/** Looks for model servers on this computer: one GET to each configured port, all at once. */
import { z } from "zod";
import type { ProvidersView } from "../../shared/providers.ts";
import type { Clock } from "../platform/clock.ts";
import type { Egress } from "../platform/egress.ts";
import { fetchJson } from "../platform/read-body.ts";
import type { OpenAiProvider } from "./provider.ts";

export interface FoundServer {
  readonly provider: OpenAiProvider;
  readonly models: readonly string[];
}

export interface LocalServers {
  /** Every port that is looked at, as a provider, whether or not it answers. */
  readonly candidates: readonly OpenAiProvider[];
  /** Looks at all ports; a look that is under way is shared. Takes at most `timeLimitMs`. */
  look(): Promise<void>;
  /** What the last look found; waits for one that is under way. */
  found(): Promise<readonly FoundServer[]>;
  lastLook(): ProvidersView["probe"];
}

export interface LocalServersOptions {
  /** Each `host:port`. */
  readonly servers: readonly string[];
  readonly egress: Egress;
  readonly clock: Clock;
  /** For each port. */
  readonly timeLimitMs: number;
}

const limitBytes = 1_000_000;
const namesByPort: ReadonlyMap<string, string> = new Map(
  Object.entries({ "11434": "Ollama", "1234": "LM Studio", "8080": "llama.cpp" }),
);

/** Ollama without any model says `null`. */
const answerSchema = z.union([
  z.object({ data: z.array(z.object({ id: z.string().min(1).max(300), owned_by: z.unknown().optional() })).max(5000) }),
  z.object({ object: z.literal("list"), data: z.null() }),
]);

export function createLocalServers({ servers, egress, clock, timeLimitMs }: LocalServersOptions): LocalServers {
  const candidates = servers.map(candidate);
  let current: Promise<void> | undefined;
  let found: readonly FoundServer[] = [];
  let last = { ports: candidates.length, ms: 0, at: clock.now().toISOString() };

  async function lookOnce(): Promise<void> {
    const begun = clock.monotonic();
    const answers = await Promise.all(candidates.map((provider) => ask(egress, provider, timeLimitMs)));
    found = answers.filter((answer) => answer !== undefined);
    last = { ports: candidates.length, ms: Math.round(clock.monotonic() - begun), at: clock.now().toISOString() };
  }

  return {
    candidates,
    look() {
      current ??= lookOnce().finally(() => {
        current = undefined;
      });
      return current;
    },
    async found() {
      await current;
      return found;
    },
    lastLook: () => last,
  };
}

function candidate(hostPort: string): OpenAiProvider {
  const port = hostPort.slice(hostPort.lastIndexOf(":") + 1);
  return {
    kind: "openai",
    id: `found-${hostPort}`,
    name: namesByPort.get(port) ?? hostPort,
    source: "found",
    connection: { baseUrl: `http://${hostPort}/v1`, api: "chat-completions" },
  };
}

/** Undefined when nothing answers there, or what answers is not a model server. */
async function ask(egress: Egress, provider: OpenAiProvider, timeLimitMs: number): Promise<FoundServer | undefined> {
  const request = { url: `${provider.connection?.baseUrl}/models`, signal: AbortSignal.timeout(timeLimitMs) };
  const answer = await fetchJson(egress, request, { limitBytes, timeoutMs: timeLimitMs });
  if (answer.type !== "json") return undefined;
  const parsed = answerSchema.safeParse(answer.json);
  if (!parsed.success) return undefined;
  const listed = parsed.data.data ?? [];
  const name = listed.some((model) => model.owned_by === "llamacpp") ? "llama.cpp" : provider.name;
  return { provider: { ...provider, name }, models: listed.map((model) => model.id).sort(byName) };
}

function byName(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
