/** Ids of events on the wire: `<epoch>-<number>`. Numbers compare only within one epoch (one life of the server's log). */
export interface EventId {
  readonly epoch: string;
  readonly number: number;
}

export function parseEventId(id: string): EventId | undefined {
  const dash = id.lastIndexOf("-");
  const number = Number(id.slice(dash + 1));
  if (dash < 1 || dash === id.length - 1 || !Number.isSafeInteger(number) || number < 0) return undefined;
  return { epoch: id.slice(0, dash), number };
}

/** How `id` stands to `other`: `later`, `same-or-earlier`, or `unknown` when they are of two epochs or not ids. */
export function compareEventIds(id: string, other: string): "later" | "same-or-earlier" | "unknown" {
  const left = parseEventId(id);
  const right = parseEventId(other);
  if (!left || !right || left.epoch !== right.epoch) return "unknown";
  return left.number > right.number ? "later" : "same-or-earlier";
}
