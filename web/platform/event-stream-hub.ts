/**
 * The one connection of a browser and the tabs behind it: joins their topics, keeps the place, reconnects. It lives in
 * the shared worker, in the leading tab, or in the only tab (see event-stream-transports.ts).
 */
import type { FolioEvent, StreamEvent } from "../../shared/events.ts";
import { compareEventIds, parseEventId } from "./event-id.ts";

export type StreamStatus = "connecting" | "open" | "lost" | "refused";

export type HubMessage =
  /** Every event of these topics after `from` will be delivered. */
  | { readonly kind: "ready"; readonly topics: readonly string[]; readonly from: string }
  | { readonly kind: "event"; readonly topic: string; readonly id: string; readonly event: FolioEvent }
  /** Something was missed: fetch every snapshot again; events after `from` follow. */
  | { readonly kind: "reset"; readonly from: string }
  | { readonly kind: "status"; readonly status: StreamStatus };

/** The part of `EventSource` that the hub uses. */
export interface Source {
  readonly readyState: number;
  onmessage: ((frame: { readonly data: string; readonly lastEventId: string }) => void) | null;
  onerror: (() => void) | null;
  addEventListener(type: "hello", listener: (frame: { readonly data: string }) => void): void;
  close(): void;
}

export interface HubDependencies {
  readonly open: (url: string) => Source;
  readonly deliver: (clients: readonly string[], message: HubMessage) => void;
  /** Runs `work` after `ms`; the answer cancels it. */
  readonly later: (work: () => void, ms: number) => () => void;
  /** The last event that this browser has seen, when the hub takes over from another one. */
  readonly lastId?: string;
}

export interface StreamHub {
  setTopics(client: string, topics: readonly string[]): void;
  remove(client: string): void;
  /** Somebody is back (a tab in front, the network, a sign-in): try now instead of at the next turn. */
  wake(): void;
}

const firstRetryMs = 250;
const longestRetryMs = 4000;
const closedState = 2;

export function topicOf(event: FolioEvent): string {
  return "conversationId" in event ? `conversation:${event.conversationId}` : "workspace";
}

interface HubState {
  source: Source | undefined;
  openTopics: ReadonlySet<string>;
  lastId: string | undefined;
  status: StreamStatus;
  attempt: number;
  cancelPlan: (() => void) | undefined;
}

export function createStreamHub(dependencies: HubDependencies): StreamHub {
  const clients = new Map<string, ReadonlySet<string>>();
  const state: HubState = {
    source: undefined,
    openTopics: new Set(),
    lastId: dependencies.lastId,
    status: "connecting",
    attempt: 0,
    cancelPlan: undefined,
  };
  const everybody = (): string[] => [...clients.keys()];
  const plan = (ms: number): void => {
    state.cancelPlan?.();
    state.cancelPlan = dependencies.later(() => {
      state.cancelPlan = undefined;
      connect();
    }, ms);
  };
  const setStatus = (status: StreamStatus): void => {
    if (state.status === status) return;
    state.status = status;
    dependencies.deliver(everybody(), { kind: "status", status });
  };

  function connect(): void {
    state.source?.close();
    state.source = undefined;
    const topics = new Set([...clients.values()].flatMap((wanted) => [...wanted]));
    state.openTopics = topics;
    if (topics.size === 0) {
      state.lastId = undefined;
      return;
    }
    const query = new URLSearchParams({ topics: [...topics].sort().join(",") });
    if (state.lastId !== undefined) query.set("after", state.lastId);
    const source = dependencies.open(`/api/events?${query}`);
    state.source = source;
    source.addEventListener("hello", (frame) => state.source === source && onHello(frame.data));
    source.onmessage = (frame) => state.source === source && onFrame(frame.data, frame.lastEventId);
    source.onerror = () => state.source === source && onError(source);
  }

  function onHello(data: string): void {
    const hello = JSON.parse(data) as { epoch: string; last: number };
    const before = state.lastId;
    const isNewEpoch = before !== undefined && parseEventId(before)?.epoch !== hello.epoch;
    state.attempt = 0;
    setStatus("open");
    if (before !== undefined && !isNewEpoch) return;
    const from = `${hello.epoch}-${hello.last}`;
    state.lastId = from;
    if (isNewEpoch) dependencies.deliver(everybody(), { kind: "reset", from });
    else
      for (const [client, topics] of clients)
        dependencies.deliver([client], { kind: "ready", topics: [...topics], from });
  }

  function onFrame(data: string, id: string): void {
    const event = JSON.parse(data) as StreamEvent;
    if (event.type === "stream-reset") {
      if (parseEventId(id)) state.lastId = id;
      if (state.lastId !== undefined) dependencies.deliver(everybody(), { kind: "reset", from: state.lastId });
      return;
    }
    if (state.lastId !== undefined && compareEventIds(id, state.lastId) === "same-or-earlier") return;
    state.lastId = id;
    const topic = topicOf(event);
    const readers = everybody().filter((client) => clients.get(client)?.has(topic));
    if (readers.length > 0) dependencies.deliver(readers, { kind: "event", topic, id, event });
  }

  function onError(source: Source): void {
    const wasRefused = source.readyState === closedState;
    source.close();
    state.source = undefined;
    setStatus(wasRefused ? "refused" : "lost");
    plan(Math.min(longestRetryMs, firstRetryMs * 2 ** state.attempt));
    state.attempt += 1;
  }

  return {
    setTopics(client, topics) {
      clients.set(client, new Set(topics));
      dependencies.deliver([client], { kind: "status", status: state.status });
      const isCovered = state.source !== undefined && topics.every((topic) => state.openTopics.has(topic));
      if (!isCovered && (state.source !== undefined || state.attempt === 0)) plan(0);
      if (state.lastId !== undefined) dependencies.deliver([client], { kind: "ready", topics, from: state.lastId });
    },
    remove(client) {
      clients.delete(client);
      if (clients.size === 0) plan(0);
    },
    wake() {
      if (state.source === undefined && clients.size > 0) plan(0);
    },
  };
}
