/** What a tab sees of the stream: subscribe to a topic, be told when it is live, get its events in order. */
import type { FolioEvent } from "../../shared/events.ts";
import { compareEventIds } from "./event-id.ts";
import type { HubMessage, StreamStatus } from "./event-stream-hub.ts";
import type { StreamTransport } from "./event-stream-transports.ts";

export type TopicSignal =
  /** Every event after `from` follows: a snapshot at or after `from` and the events after it are the whole truth. */
  | { readonly kind: "ready"; readonly from: string }
  | { readonly kind: "event"; readonly id: string; readonly event: FolioEvent }
  /** Events were missed: fetch the snapshot again. */
  | { readonly kind: "reset"; readonly from: string };

export interface EventStream {
  /** Subscribe first, then fetch the snapshot. Gives the function that ends it. */
  subscribe(topic: string, listener: (signal: TopicSignal) => void): () => void;
  status(): StreamStatus;
  onStatus(listener: () => void): () => void;
  wake(): void;
}

interface Subscription {
  readonly listener: (signal: TopicSignal) => void;
  isReady: boolean;
}

type Subscriptions = ReadonlyMap<string, ReadonlySet<Subscription>>;

function tell(subscriptions: Subscriptions, message: Exclude<HubMessage, { readonly kind: "status" }>): void {
  if (message.kind === "event") {
    for (const { listener } of [...(subscriptions.get(message.topic) ?? [])]) listener(message);
    return;
  }
  if (message.kind === "reset") {
    for (const { listener } of [...subscriptions.values()].flatMap((set) => [...set])) listener(message);
    return;
  }
  for (const subscription of message.topics.flatMap((topic) => [...(subscriptions.get(topic) ?? [])])) {
    if (subscription.isReady) continue;
    subscription.isReady = true;
    subscription.listener(message);
  }
}

export function createEventStream(connect: (receive: (message: HubMessage) => void) => StreamTransport): EventStream {
  const subscriptions = new Map<string, Set<Subscription>>();
  const statusListeners = new Set<() => void>();
  let status: StreamStatus = "connecting";
  let isPlanned = false;

  const receive = (message: HubMessage): void => {
    if (message.kind === "status") {
      status = message.status;
      for (const listener of statusListeners) listener();
      return;
    }
    tell(subscriptions, message);
  };
  // With the first topic: until then a page is being made, which a worker's start would hold up.
  let transport: StreamTransport | undefined;
  const connected = (): StreamTransport => {
    transport ??= connect(receive);
    return transport;
  };

  // Leaving one conversation for another is one change of topics, not two.
  const announce = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(() => {
      isPlanned = false;
      connected().setTopics([...subscriptions.keys()]);
    });
  };

  return {
    subscribe(topic, listener) {
      const subscription: Subscription = { listener, isReady: false };
      const set = subscriptions.get(topic) ?? new Set();
      subscriptions.set(topic, set.add(subscription));
      announce();
      return () => {
        set.delete(subscription);
        if (set.size > 0 || subscriptions.get(topic) !== set) return;
        subscriptions.delete(topic);
        announce();
      };
    },
    status: () => status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    wake: () => transport?.wake(),
  };
}

/** Whether a snapshot taken at `snapshotId` together with the events after `from` leaves nothing out. */
export function isSnapshotFresh(snapshotId: string, from: string): boolean {
  return compareEventIds(from, snapshotId) === "same-or-earlier";
}
