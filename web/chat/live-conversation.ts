/**
 * One open conversation: a snapshot, the events after it, and what to do when the two do not meet. Events are collected
 * and applied once a frame, so that a fast answer costs one rendering a frame and not one a token.
 */
import type { ConversationView, EarlierMessages } from "../../shared/chat.ts";
import type { FolioEvent } from "../../shared/events.ts";
import { compareEventIds } from "../platform/event-id.ts";
import { type EventStream, isSnapshotFresh, type TopicSignal } from "../platform/event-stream.ts";
import { applyEvent, type Transcript, withEarlier, withSnapshot } from "./transcript.ts";

export type ConversationState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: unknown }
  | { readonly status: "removed" }
  | { readonly status: "ready"; readonly transcript: Transcript };

export interface LiveConversation {
  state(): ConversationState;
  onChange(listener: () => void): () => void;
  /** Fetches the snapshot again. */
  refresh(): void;
  /** The page before the first shown message; does nothing while one is on its way. */
  loadEarlier(): Promise<void>;
  close(): void;
}

export interface LiveConversationDependencies {
  readonly stream: Pick<EventStream, "subscribe">;
  readonly fetchView: () => Promise<ConversationView>;
  readonly fetchEarlier: (before: string) => Promise<EarlierMessages>;
  /** Runs `work` before the next painting. */
  readonly nextFrame: (work: () => void) => void;
  readonly later: (work: () => void, ms: number) => void;
  /** Whether trying again may help, as for a lost connection; a refusal is final. */
  readonly isTransient: (problem: unknown) => boolean;
}

const retryMs = 700;

export function createLiveConversation(id: string, dependencies: LiveConversationDependencies): LiveConversation {
  const listeners = new Set<() => void>();
  let state: ConversationState = { status: "loading" };
  let waiting: { readonly id: string; readonly event: FolioEvent }[] = [];
  let from: string | undefined;
  let fetchNumber = 0;
  let isFetching = false;
  let isFramePlanned = false;
  let isLoadingEarlier = false;
  let isClosed = false;

  const setState = (next: ConversationState): void => {
    if (isClosed || next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };

  function refresh(): void {
    fetchNumber += 1;
    const number = fetchNumber;
    isFetching = true;
    dependencies.fetchView().then(
      (view) => number === fetchNumber && takeSnapshot(view),
      (problem: unknown) => number === fetchNumber && takeProblem(problem),
    );
  }

  function takeSnapshot(view: ConversationView): void {
    isFetching = false;
    if (isClosed) return;
    const before = state.status === "ready" ? state.transcript : undefined;
    setState({ status: "ready", transcript: withSnapshot(before, view) });
    if (from !== undefined && !isSnapshotFresh(view.eventId, from)) dependencies.later(refreshUnlessBusy, retryMs / 10);
    else flush();
  }

  function takeProblem(problem: unknown): void {
    isFetching = false;
    if (dependencies.isTransient(problem)) dependencies.later(refreshUnlessBusy, retryMs);
    if (state.status !== "ready") setState({ status: "failed", problem });
  }

  function refreshUnlessBusy(): void {
    if (!isFetching && !isClosed) refresh();
  }

  function take(signal: TopicSignal): void {
    if (signal.kind === "reset") {
      waiting = [];
      from = signal.from;
      refresh();
      return;
    }
    if (signal.kind === "ready") {
      from = signal.from;
      if (state.status === "ready" && !isSnapshotFresh(state.transcript.eventId, from)) refreshUnlessBusy();
      return;
    }
    if (signal.event.type === "conversation-removed") {
      if (signal.event.id === id) setState({ status: "removed" });
      return;
    }
    waiting.push({ id: signal.id, event: signal.event });
    if (isFramePlanned) return;
    isFramePlanned = true;
    dependencies.nextFrame(() => {
      isFramePlanned = false;
      flush();
    });
  }

  function flush(): void {
    if (state.status !== "ready" || isFetching || isClosed) return;
    const events = waiting;
    waiting = [];
    let transcript = state.transcript;
    for (const { id: eventId, event } of events) {
      if (compareEventIds(eventId, transcript.eventId) === "same-or-earlier") continue;
      transcript = applyEvent(transcript, eventId, event);
    }
    if (transcript !== state.transcript) setState({ status: "ready", transcript });
    if (transcript.isStale) refreshUnlessBusy();
  }

  const endings = [
    dependencies.stream.subscribe(`conversation:${id}`, take),
    dependencies.stream.subscribe("workspace", take),
  ];
  refresh();

  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    async loadEarlier() {
      const first = state.status === "ready" && state.transcript.view.hasEarlier && state.transcript.view.messages[0];
      if (!first || isLoadingEarlier) return;
      isLoadingEarlier = true;
      try {
        const earlier = await dependencies.fetchEarlier(first.id);
        if (state.status !== "ready" || state.transcript.view.messages[0]?.id !== first.id) return;
        setState({ status: "ready", transcript: withEarlier(state.transcript, earlier) });
      } finally {
        isLoadingEarlier = false;
      }
    },
    close() {
      isClosed = true;
      for (const end of endings) end();
    },
  };
}
