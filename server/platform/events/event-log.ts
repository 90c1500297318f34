/** The port to the short-lived tail of what happened: numbered, by topic, resumable. */
import type { FolioEvent, Topic } from "../../../shared/events.ts";

export interface LoggedEvent {
  /** Counts from 1 within one epoch (one life of the log). */
  readonly number: number;
  readonly topic: Topic;
  /** The whole SSE frame, encoded once for all readers. */
  readonly frame: string;
}

export interface EventLog {
  /** A random word for this life of the log; ids of another epoch cannot be resumed. */
  readonly epoch: string;
  /** The number of the newest event. */
  last(): number;
  append(topic: Topic, event: FolioEvent): void;
  /** Events after `after` on these topics, oldest first; undefined when some of them are no longer held. */
  read(after: number, topics: ReadonlySet<Topic>): readonly LoggedEvent[] | undefined;
  /** Calls `listener` for each event appended from now on, on any topic in `topics`; returns how to stop. */
  subscribe(topics: ReadonlySet<Topic>, listener: (event: LoggedEvent) => void): () => void;
}
