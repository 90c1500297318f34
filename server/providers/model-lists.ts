/** Which models a provider has: asked at most once a minute, and never longer waited for than a page should. */
import type { Clock } from "../platform/clock.ts";
import type { ListedModels } from "../platform/models/openai/list-models.ts";
import type { Connection, ModelNames, OpenAiProvider, Provider } from "./provider.ts";

export interface ModelLists {
  /** Never rejects. Answers within `waitMs`: with the list, or with a problem while the server is still being asked. */
  of(provider: Provider): Promise<ModelNames>;
  /** What was learnt in another way. */
  put(provider: OpenAiProvider, models: readonly string[]): void;
  /** Asks everybody again the next time. */
  forgetAll(): void;
}

export interface ModelListsOptions {
  /** Never rejects. */
  readonly listModels: (connection: Connection, signal: AbortSignal) => Promise<ListedModels>;
  readonly clock: Clock;
  /** A list came after its page had given up waiting. */
  readonly onLate: () => void;
  /** 1500 by default. */
  readonly waitMs?: number;
}

const keepMs = 60_000;
/** A server that was just started should not stay "unreachable" for a minute. */
const keepFailureMs = 5_000;
const askMs = 15_000;

interface Asked {
  readonly answer: Promise<ModelNames>;
  /** Monotonic; undefined while the server is being asked. */
  until?: number;
  /** Whether somebody got the answer "not yet". */
  isAwaited?: boolean;
}

export function createModelLists({ listModels, clock, onLate, waitMs = 1500 }: ModelListsOptions): ModelLists {
  const asked = new Map<string, Asked>();
  const keyOf = ({ id, version }: OpenAiProvider) => `${id} ${version ?? ""}`;

  function ask(key: string, connection: Connection): Asked {
    const entry: Asked = { answer: listOf(connection) };
    asked.set(key, entry);
    return entry;

    async function listOf(one: Connection): Promise<ModelNames> {
      const listing = await listModels(one, AbortSignal.timeout(askMs));
      const isListed = "models" in listing;
      entry.until = clock.monotonic() + (isListed ? keepMs : keepFailureMs);
      if (entry.isAwaited) setImmediate(onLate);
      return isListed ? { models: listing.models } : { models: [], problem: listing.failure.title };
    }
  }

  return {
    async of(provider) {
      if (provider.kind !== "openai") return { models: provider.models };
      const { connection } = provider;
      if (connection === undefined || provider.problem !== undefined) return { models: [] };
      const key = keyOf(provider);
      const known = asked.get(key);
      const isFresh = known !== undefined && (known.until === undefined || known.until > clock.monotonic());
      const entry = isFresh ? known : ask(key, connection);
      const answer = await within(entry.answer, waitMs);
      if (answer !== undefined) return answer;
      entry.isAwaited = true;
      const { host } = new URL(connection.baseUrl);
      return {
        models: [],
        problem: `${host} has not answered within ${waitMs / 1000} s. Its models appear when it does.`,
      };
    },
    put(provider, models) {
      asked.set(keyOf(provider), { answer: Promise.resolve({ models }), until: clock.monotonic() + keepMs });
    },
    forgetAll: () => asked.clear(),
  };
}

async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
