/** The data of one event as JSON. */

/** What closes a stream of Chat Completions instead of a JSON document. */
export const doneMark = "[DONE]";

/** Whether the data of an event is the end mark; some servers put spaces around it. */
export function isDoneMark(data: string): boolean {
  return data.length < 16 && data.trim() === doneMark;
}

/**
 * One document an event; servers that leave out the empty line between events give several lines, each a document or the
 * end mark. `undefined`: it is no JSON.
 */
export function parseEvent(data: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(data)];
  } catch {
    if (!data.includes("\n")) return undefined;
  }
  try {
    const lines = data.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line): unknown => (isDoneMark(line) ? doneMark : JSON.parse(line)));
  } catch {
    return undefined;
  }
}
