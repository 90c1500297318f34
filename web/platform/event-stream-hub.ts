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

function topicOf(event: FolioEvent): string {
  if ("conversationId" in event) return `conversation:${event.conversationId}`;
  return "runId" in event ? `run:${event.runId}` : "workspace";
}

export function createStreamHub(dependencies: HubDependencies): StreamHub {
  return new ConnectedHub(dependencies);
}

class ConnectedHub implements StreamHub {
  readonly #dependencies: HubDependencies;
  readonly #clients = new Map<string, ReadonlySet<string>>();
  #source: Source | undefined;
  #openTopics: ReadonlySet<string> = new Set();
  #lastId: string | undefined;
  #status: StreamStatus = "connecting";
  #attempt = 0;
  #cancelPlan: (() => void) | undefined;

  constructor(dependencies: HubDependencies) {
    this.#dependencies = dependencies;
    this.#lastId = dependencies.lastId;
  }

  setTopics(client: string, topics: readonly string[]): void {
    this.#clients.set(client, new Set(topics));
    this.#deliver([client], { kind: "status", status: this.#status });
    const isCovered = this.#source !== undefined && topics.every((topic) => this.#openTopics.has(topic));
    const isWaiting = this.#source === undefined && this.#attempt > 0;
    if (!isCovered && !isWaiting) {
      // What this connection said from now on would move the place past events of topics that it does not carry.
      this.#leave();
      this.#plan(0);
    }
    if (this.#lastId !== undefined) this.#deliver([client], { kind: "ready", topics, from: this.#lastId });
  }

  remove(client: string): void {
    this.#clients.delete(client);
    if (this.#clients.size === 0) this.#plan(0);
  }

  wake(): void {
    if (this.#source === undefined && this.#clients.size > 0) this.#plan(0);
  }

  #deliver(clients: readonly string[], message: HubMessage): void {
    this.#dependencies.deliver(clients, message);
  }

  #deliverToAll(message: HubMessage): void {
    this.#deliver([...this.#clients.keys()], message);
  }

  #plan(ms: number): void {
    this.#cancelPlan?.();
    this.#cancelPlan = this.#dependencies.later(() => {
      this.#cancelPlan = undefined;
      this.#connect();
    }, ms);
  }

  #setStatus(status: StreamStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#deliverToAll({ kind: "status", status });
  }

  #leave(): void {
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    this.#leave();
    const topics = new Set([...this.#clients.values()].flatMap((wanted) => [...wanted]));
    this.#openTopics = topics;
    if (topics.size === 0) {
      this.#lastId = undefined;
      return;
    }
    const query = new URLSearchParams({ topics: [...topics].sort().join(",") });
    if (this.#lastId !== undefined) query.set("after", this.#lastId);
    const source = this.#dependencies.open(`/api/events?${query}`);
    this.#source = source;
    source.addEventListener("hello", (frame) => this.#source === source && this.#onHello(frame.data));
    source.onmessage = (frame) => this.#source === source && this.#onFrame(frame.data, frame.lastEventId);
    source.onerror = () => this.#source === source && this.#onError(source);
  }

  #onHello(data: string): void {
    const hello = JSON.parse(data) as { epoch: string; last: number };
    const before = this.#lastId;
    const isNewEpoch = before !== undefined && parseEventId(before)?.epoch !== hello.epoch;
    this.#attempt = 0;
    this.#setStatus("open");
    if (before !== undefined && !isNewEpoch) return;
    const from = `${hello.epoch}-${hello.last}`;
    this.#lastId = from;
    if (isNewEpoch) {
      this.#deliverToAll({ kind: "reset", from });
      return;
    }
    for (const [client, topics] of this.#clients) this.#deliver([client], { kind: "ready", topics: [...topics], from });
  }

  #onFrame(data: string, id: string): void {
    const event = JSON.parse(data) as StreamEvent;
    if (event.type === "stream-reset") {
      if (parseEventId(id)) this.#lastId = id;
      if (this.#lastId !== undefined) this.#deliverToAll({ kind: "reset", from: this.#lastId });
      return;
    }
    if (this.#lastId !== undefined && compareEventIds(id, this.#lastId) === "same-or-earlier") return;
    this.#lastId = id;
    const topic = topicOf(event);
    const readers = [...this.#clients].filter(([, topics]) => topics.has(topic)).map(([client]) => client);
    if (readers.length > 0) this.#deliver(readers, { kind: "event", topic, id, event });
  }

  #onError(source: Source): void {
    const wasRefused = source.readyState === closedState;
    this.#leave();
    this.#setStatus(wasRefused ? "refused" : "lost");
    this.#plan(Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempt));
    this.#attempt += 1;
  }
}
