import type { LogContent, LogSource } from "./log-source.ts";

export function recoverTaskLog({ bytes, start, items }: LogSource): LogContent {
  const span = { start, end: bytes.length };
  return { level: 3, items: [items.invalid(span, "not JSON")], append: "pending", seenLength: span.end };
}
