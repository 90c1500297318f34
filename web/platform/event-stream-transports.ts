/** Three ways to share one connection: a shared worker, a leading tab, or no sharing where the browser has neither. */
import { apiBase, workerName } from "./api-base.ts";
import { createStreamHub, type HubMessage, type Source, type StreamHub } from "./event-stream-hub.ts";

export interface StreamTransport {
  /** Says which topics this tab wants now. */
  setTopics(topics: readonly string[]): void;
  wake(): void;
}

export type TabMessage =
  | { readonly kind: "topics"; readonly client: string; readonly topics: readonly string[] }
  | { readonly kind: "wake" };

type LeaderMessage =
  | { readonly kind: "roll-call" }
  | { readonly kind: "hub"; readonly clients: readonly string[]; readonly message: HubMessage };

type Receive = (message: HubMessage) => void;

export const openEventSource = (url: string): Source =>
  new EventSource(apiBase() + url, { withCredentials: true }) as Source;

export const laterByTimer = (work: () => void, ms: number): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

const tabLock = (client: string): string => `folio-tab-${client}`;

/** Calls back when the tab is gone, however it went: its lock is free then. */
function whenTabGone(client: string, onGone: () => void): void {
  void navigator.locks.request(tabLock(client), onGone);
}

/** Holds this tab's lock for as long as the tab lives; resolves when it is held. */
function holdTabLock(client: string): Promise<void> {
  return new Promise((resolve) => {
    void navigator.locks.request(tabLock(client), () => {
      resolve();
      return new Promise<never>(() => {});
    });
  });
}

/** `known` holds the tabs that are alive; a tab leaves it, and the hub, by itself when it is gone. */
export function handleTabMessage(hub: StreamHub, message: TabMessage, known: Set<string>): void {
  if (message.kind === "wake") {
    hub.wake();
    return;
  }
  if (!known.has(message.client)) {
    known.add(message.client);
    whenTabGone(message.client, () => {
      known.delete(message.client);
      hub.remove(message.client);
    });
  }
  hub.setTopics(message.client, message.topics);
}

function workerTransport(client: string, receive: Receive): StreamTransport {
  const worker = new SharedWorker(new URL("./event-stream-worker.ts", import.meta.url), {
    type: "module",
    name: workerName(),
  });
  worker.port.onmessage = (message: MessageEvent<HubMessage>) => receive(message.data);
  const isLocked = holdTabLock(client);
  const send = (message: TabMessage): void => void isLocked.then(() => worker.port.postMessage(message));
  return {
    setTopics: (topics) => send({ kind: "topics", client, topics }),
    wake: () => send({ kind: "wake" }),
  };
}

/** One tab holds the leader's lock and runs the hub; when it goes, the next one takes over where the last event was. */
function leaderTransport(client: string, receive: Receive): StreamTransport {
  const channel = new BroadcastChannel("folio-events");
  const known = new Set<string>();
  const isLocked = holdTabLock(client);
  let topics: readonly string[] = [];
  let lastId: string | undefined;
  let hub: StreamHub | undefined;
  const send = (message: TabMessage): void => {
    if (hub) handleTabMessage(hub, message, known);
    else channel.postMessage(message);
  };
  const remember = (message: HubMessage): void => {
    if (message.kind === "event") lastId = message.id;
    if (message.kind === "reset" || (message.kind === "ready" && lastId === undefined)) lastId = message.from;
  };
  channel.onmessage = ({ data }: MessageEvent<LeaderMessage | TabMessage>) => {
    if (data.kind === "hub") {
      remember(data.message);
      if (data.clients.includes(client)) receive(data.message);
      return;
    }
    if (data.kind === "roll-call") {
      send({ kind: "topics", client, topics });
      return;
    }
    if (hub) handleTabMessage(hub, data, known);
  };
  void isLocked.then(() =>
    navigator.locks.request("folio-events-leader", () => {
      hub = createStreamHub({
        open: openEventSource,
        later: laterByTimer,
        ...(lastId === undefined ? {} : { lastId }),
        deliver: (clients, message) => {
          remember(message);
          if (clients.some((other) => other !== client)) {
            channel.postMessage({ kind: "hub", clients, message } satisfies LeaderMessage);
          }
          if (clients.includes(client)) receive(message);
        },
      });
      channel.postMessage({ kind: "roll-call" } satisfies LeaderMessage);
      hub.setTopics(client, topics);
      return new Promise<never>(() => {});
    }),
  );
  return {
    setTopics(wanted) {
      topics = wanted;
      void isLocked.then(() => send({ kind: "topics", client, topics }));
    },
    wake: () => send({ kind: "wake" }),
  };
}

function directTransport(client: string, receive: Receive): StreamTransport {
  const hub = createStreamHub({
    open: openEventSource,
    later: laterByTimer,
    deliver: (_clients, message) => receive(message),
  });
  return { setTopics: (topics) => hub.setTopics(client, topics), wake: () => hub.wake() };
}

/** The best way that this browser has. Without locks nobody could tell when a tab is gone, so nothing is shared then. */
export function chooseTransport(client: string, receive: Receive): StreamTransport {
  if (!("locks" in navigator)) return directTransport(client, receive);
  if (typeof SharedWorker === "function") return workerTransport(client, receive);
  if (typeof BroadcastChannel === "function") return leaderTransport(client, receive);
  return directTransport(client, receive);
}
