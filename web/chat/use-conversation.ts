import { useEffect, useMemo, useSyncExternalStore } from "react";
import { ConnectionLost } from "../platform/api.ts";
import { useEventStream } from "../platform/event-stream-context.tsx";
import { browserPaintingClock, createBeforePainting } from "./before-painting.ts";
import { fetchConversation, fetchEarlier } from "./chat-api.ts";
import type { GrowingConversation } from "./growing-message.ts";
import { type ConversationState, createLiveConversation, type LiveConversation } from "./live-conversation.ts";

const loading: ConversationState = { status: "loading" };

/** The conversation as it is now and stays: one live copy as long as the component shows it. */
export function useConversation(id: string): {
  /** Without the text that an answer is gaining: `growing` has that, for those who show it. */
  readonly state: ConversationState;
  readonly growing: GrowingConversation;
  readonly refresh: () => void;
  readonly loadEarlier: (count?: number) => Promise<void>;
} {
  const stream = useEventStream();
  const holder = useMemo(() => {
    let live: LiveConversation | undefined;
    const listeners = new Set<() => void>();
    return {
      open() {
        live = createLiveConversation(id, {
          stream,
          fetchView: () => fetchConversation(id),
          fetchEarlier: (before, count) => fetchEarlier(id, before, count),
          beforePainting: createBeforePainting(browserPaintingClock),
          later: (work, ms) => void setTimeout(work, ms),
          isTransient: (problem) => problem instanceof ConnectionLost,
        });
        const end = live.onChange(() => {
          for (const listener of listeners) listener();
        });
        return () => {
          end();
          live?.close();
          live = undefined;
        };
      },
      state: () => live?.state() ?? loading,
      outline: () => live?.outline() ?? loading,
      subscribe(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      refresh: () => live?.refresh(),
      loadEarlier: async (count?: number) => live?.loadEarlier(count),
    };
  }, [id, stream]);
  useEffect(() => holder.open(), [holder]);
  const state = useSyncExternalStore(holder.subscribe, holder.outline);
  return { state, growing: holder, refresh: holder.refresh, loadEarlier: holder.loadEarlier };
}
