import { useCallback, useEffect, useRef, useState } from "react";
import { useEventStream } from "../../platform/event-stream-context.tsx";
import { fetchConversations } from "../chat-api.ts";
import { applyToList, type ConversationListState, listOf, withPage } from "./conversation-list-state.ts";

const retryMs = 1000;
const filterPauseMs = 120;

export interface ConversationListHandle {
  /** Absent until the first page is there. */
  readonly list: ConversationListState | undefined;
  readonly loadMore: () => void;
}

/** The list and its live changes; another `query` (a part of a title) starts it anew. */
export function useConversationList(query: string): ConversationListHandle {
  const stream = useEventStream();
  const [list, setList] = useState<ConversationListState>();
  const isLoading = useRef(false);
  const latest = useRef(list);
  latest.current = list;

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      const known = latest.current?.query === query ? latest.current.conversations.length : 0;
      const limit = Math.min(200, Math.max(50, known));
      fetchConversations({ query, limit, signal: controller.signal }).then(
        (page) => controller.signal.aborted || setList(listOf(page, query)),
        () => {
          if (!controller.signal.aborted) timer = setTimeout(load, retryMs);
        },
      );
    };
    const end = stream.subscribe("workspace", (signal) => {
      if (signal.kind === "event") setList((before) => before && applyToList(before, signal.event));
      // The first page may be older than the stream: what happened between the two is in a second look.
      else load();
    });
    timer = setTimeout(load, query === "" ? 0 : filterPauseMs);
    return () => {
      end();
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, stream]);

  const loadMore = useCallback(() => {
    const after = latest.current?.next;
    if (after === undefined || isLoading.current) return;
    isLoading.current = true;
    fetchConversations({ after, query })
      .then(
        (page) => setList((before) => (before?.next === after ? withPage(before, page) : before)),
        () => {},
      )
      .finally(() => {
        isLoading.current = false;
      });
  }, [query]);

  return { list, loadMore };
}
