import type { PartView } from "../../shared/chat.ts";

/** The text of a message as one string, to see whether somebody else changed it. */
export function fingerprint(parts: readonly PartView[]): string {
  return JSON.stringify(parts.map(({ type, text }) => [type, text]));
}
