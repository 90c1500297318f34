/**
 * One open conversation: a snapshot, the events after it, and what to do when the two do not meet. Events are collected
 * and applied once a frame, so that a fast answer costs one rendering a frame and not one a token.
 */
import type { ConversationView, EarlierMessages } from "../../shared/chat.ts";
import type { FolioEvent } from "../../shared/events.ts";
import { compareEventIds } from "../platform/event-id.ts";
import { type EventStream, isSnapshotFresh, type TopicSignal } from "../platform/event-stream.ts";
import type { BeforePainting } from "./before-painting.ts";
import { applyEvent, type Transcript, withEarlier, withSnapshot } from "./transcript.ts";

export type ConversationState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: unknown }
  | { readonly status: "removed" }
  | { readonly status: "ready"; readonly transcript: Transcript };

export interface LiveConversation {
  state(): ConversationState;
  /** The state but for the text that an answer gained since: it changes seldom, and the page around the answer shows it. */
  outline(): ConversationState;
  onChange(listener: () => void): () => void;
  /** Fetches the snapshot again. */
  refresh(): void;
  /** The page before the first shown message, of `count` messages at most; does nothing while one is on its way. */
  loadEarlier(count?: number): Promise<void>;
  close(): void;
}

export interface LiveConversationDependencies {
  readonly stream: Pick<EventStream, "subscribe">;
  readonly fetchView: () => Promise<ConversationView>;
  readonly fetchEarlier: (before: string, count: number) => Promise<EarlierMessages>;
  /** Runs `work` before the next painting, or a little later while text grows. */
  readonly beforePainting: BeforePainting;
  readonly later: (work: () => void, ms: number) => void;
  /** Whether trying again may help, as for a lost connection; a refusal is final. */
  readonly isTransient: (problem: unknown) => boolean;
}

const retryMs = 700;
const pageLength = 100;

export function createLiveConversation(id: string, dependencies: LiveConversationDependencies): LiveConversation {
  return new OpenConversation(id, dependencies);
}

class OpenConversation implements LiveConversation {
  readonly #id: string;
  readonly #dependencies: LiveConversationDependencies;
  readonly #listeners = new Set<() => void>();
  readonly #endings: readonly (() => void)[];
  #state: ConversationState = { status: "loading" };
  #outline: ConversationState = this.#state;
  #waiting: { readonly id: string; readonly event: FolioEvent }[] = [];
  /** Every event after this one comes by the stream. */
  #from: string | undefined;
  #fetchNumber = 0;
  #isFetching = false;
  #isFramePlanned = false;
  #lastChange: "growth" | "change" = "change";
  #isLoadingEarlier = false;
  #isClosed = false;

  constructor(id: string, dependencies: LiveConversationDependencies) {
    this.#id = id;
    this.#dependencies = dependencies;
    const take = (signal: TopicSignal): void => this.#take(signal);
    const { stream } = dependencies;
    this.#endings = [stream.subscribe(`conversation:${id}`, take), stream.subscribe("workspace", take)];
    this.refresh();
  }

  state(): ConversationState {
    return this.#state;
  }

  outline(): ConversationState {
    return this.#outline;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  refresh(): void {
    this.#fetchNumber += 1;
    const number = this.#fetchNumber;
    this.#isFetching = true;
    this.#dependencies.fetchView().then(
      (view) => number === this.#fetchNumber && this.#takeSnapshot(view),
      (problem: unknown) => number === this.#fetchNumber && this.#takeProblem(problem),
    );
  }

  async loadEarlier(count = pageLength): Promise<void> {
    const before = this.#shownTranscript();
    const first = before?.view.messages[0];
    if (!before?.view.hasEarlier || !first || this.#isLoadingEarlier) return;
    this.#isLoadingEarlier = true;
    try {
      const earlier = await this.#dependencies.fetchEarlier(first.id, count);
      const now = this.#shownTranscript();
      if (now?.view.messages[0]?.id !== first.id) return;
      this.#setState({ status: "ready", transcript: withEarlier(now, earlier) });
    } finally {
      this.#isLoadingEarlier = false;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const end of this.#endings) end();
  }

  #shownTranscript(): Transcript | undefined {
    return this.#state.status === "ready" ? this.#state.transcript : undefined;
  }

  #setState(next: ConversationState, change: "change" | "growth" = "change"): void {
    if (this.#isClosed || next === this.#state) return;
    this.#state = next;
    this.#lastChange = change;
    if (change === "change") this.#outline = next;
    for (const listener of this.#listeners) listener();
  }

  #takeSnapshot(view: ConversationView): void {
    this.#isFetching = false;
    if (this.#isClosed) return;
    this.#setState({ status: "ready", transcript: withSnapshot(this.#shownTranscript(), view) });
    if (this.#from !== undefined && !isSnapshotFresh(view.eventId, this.#from)) {
      this.#dependencies.later(() => this.#refreshUnlessBusy(), retryMs / 10);
      return;
    }
    this.#flush();
  }

  #takeProblem(problem: unknown): void {
    this.#isFetching = false;
    if (this.#dependencies.isTransient(problem)) this.#dependencies.later(() => this.#refreshUnlessBusy(), retryMs);
    if (this.#state.status !== "ready") this.#setState({ status: "failed", problem });
  }

  #refreshUnlessBusy(): void {
    if (!this.#isFetching && !this.#isClosed) this.refresh();
  }

  #take(signal: TopicSignal): void {
    if (signal.kind === "reset") {
      this.#waiting = [];
      this.#from = signal.from;
      this.refresh();
      return;
    }
    if (signal.kind === "ready") {
      this.#from = signal.from;
      const shown = this.#shownTranscript();
      if (shown && !isSnapshotFresh(shown.eventId, signal.from)) this.#refreshUnlessBusy();
      return;
    }
    if (signal.event.type === "conversation-removed") {
      if (signal.event.id === this.#id) this.#setState({ status: "removed" });
      return;
    }
    this.#waiting.push({ id: signal.id, event: signal.event });
    if (this.#isFramePlanned) return;
    this.#isFramePlanned = true;
    this.#dependencies.beforePainting(() => {
      this.#isFramePlanned = false;
      this.#flush();
    }, this.#lastChange);
  }

  #flush(): void {
    const shown = this.#shownTranscript();
    if (!shown || this.#isFetching || this.#isClosed) return;
    const events = this.#waiting;
    this.#waiting = [];
    let transcript = shown;
    let isGrowth = true;
    for (const { id, event } of events) {
      if (compareEventIds(id, transcript.eventId) === "same-or-earlier") continue;
      isGrowth &&= event.type === "part-delta" || event.type === "part-started";
      transcript = applyEvent(transcript, id, event);
    }
    isGrowth &&= transcript.retry === shown.retry;
    if (transcript !== shown) this.#setState({ status: "ready", transcript }, isGrowth ? "growth" : "change");
    if (transcript.isStale) this.#refreshUnlessBusy();
  }
}
