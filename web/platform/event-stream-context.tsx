import { createContext, useContext, useSyncExternalStore } from "react";
import type { EventStream } from "./event-stream.ts";
import type { StreamStatus } from "./event-stream-hub.ts";

const EventStreamContext = createContext<EventStream | undefined>(undefined);

export const EventStreamProvider = EventStreamContext.Provider;

export function useEventStream(): EventStream {
  const stream = useContext(EventStreamContext);
  if (!stream) throw new Error("No event stream above this component.");
  return stream;
}

export function useStreamStatus(): StreamStatus {
  const stream = useEventStream();
  return useSyncExternalStore(stream.onStatus, stream.status);
}
