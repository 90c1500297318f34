import type { FolioEvent, Topic } from "../../../shared/events.ts";
import type { EventLog, LoggedEvent } from "./event-log.ts";

interface Tail {
  events: LoggedEvent[];
  characters: number;
  /** The number of the newest event that was dropped from this topic. */
  droppedTo: number;
}

/** What one topic holds for readers that come back, in characters of frames; a reader that is further behind starts anew. */
const charactersPerTopic = 512 * 1024;
const topicsHeld = 2000;

/** The log of one process: each topic keeps its own tail, so that a busy answer does not push out a quiet one. */
export function memoryEventLog(epoch: string): EventLog {
  const tails = new Map<Topic, Tail>();
  const listeners = new Map<Topic, Set<(event: LoggedEvent) => void>>();
  let number = 0;
  let forgottenTo = 0;

  const append = (topic: Topic, event: FolioEvent): void => {
    number += 1;
    const logged: LoggedEvent = { number, topic, frame: `id: ${epoch}-${number}\ndata: ${JSON.stringify(event)}\n\n` };
    keep(tailOf(topic), logged);
    const heard = listeners.get(topic);
    if (heard !== undefined) for (const listener of heard) listener(logged);
  };

  const tailOf = (topic: Topic): Tail => {
    const found = tails.get(topic);
    if (found !== undefined) return found;
    const made: Tail = { events: [], characters: 0, droppedTo: forgottenTo };
    tails.set(topic, made);
    if (tails.size > topicsHeld) forgetOldest();
    return made;
  };

  const forgetOldest = (): void => {
    for (const [topic, tail] of tails) {
      if (listeners.has(topic)) continue;
      forgottenTo = Math.max(forgottenTo, tail.events.at(-1)?.number ?? tail.droppedTo);
      tails.delete(topic);
      return;
    }
  };

  const read: EventLog["read"] = (after, topics) => {
    const missed: LoggedEvent[] = [];
    for (const topic of topics) {
      const tail = tails.get(topic);
      if (after < (tail?.droppedTo ?? forgottenTo)) return undefined;
      if (tail !== undefined) missed.push(...tail.events.filter((event) => event.number > after));
    }
    return missed.sort((one, other) => one.number - other.number);
  };

  const subscribe: EventLog["subscribe"] = (topics, listener) => {
    for (const topic of topics) {
      const heard = listeners.get(topic) ?? new Set();
      heard.add(listener);
      listeners.set(topic, heard);
    }
    return () => {
      for (const topic of topics) {
        const heard = listeners.get(topic);
        heard?.delete(listener);
        if (heard?.size === 0) listeners.delete(topic);
      }
    };
  };

  return { epoch, last: () => number, append, read, subscribe };
}

function keep(tail: Tail, logged: LoggedEvent): void {
  tail.events.push(logged);
  tail.characters += logged.frame.length;
  if (tail.characters <= charactersPerTopic) return;
  // Half goes at once, so that a full tail costs a copy now and then and not with every event.
  const dropped = tail.events.splice(0, Math.ceil(tail.events.length / 2));
  tail.droppedTo = dropped.at(-1)?.number ?? tail.droppedTo;
  for (const event of dropped) tail.characters -= event.frame.length;
}
