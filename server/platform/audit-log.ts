import { open } from "node:fs/promises";
import type { Clock } from "./clock.ts";

/** What may concern security, and nothing else: no text of a message, no key, no token. */
export type AuditEvent =
  | { readonly type: "signed-in" }
  | { readonly type: "sign-in-refused"; readonly reason: "wrong-token" | "too-many" }
  | { readonly type: "key-saved" | "key-removed"; readonly provider: string; readonly origin?: string }
  | { readonly type: "request-refused"; readonly reason: string };

export interface AuditLog {
  /** Adds one line; a disk that cannot take it costs the line and not the request. */
  record(event: AuditEvent): void;
  /** Waits for lines that are on their way. */
  close(): Promise<void>;
}

/** Append-only, one JSON object a line with its time, readable by the owner alone. Its folder is there already. */
export function createAuditLog(path: string, clock: Clock, onError: (error: unknown) => void): AuditLog {
  let last: Promise<void> = Promise.resolve();

  const append = async (line: string): Promise<void> => {
    const file = await open(path, "a", 0o600);
    try {
      await file.appendFile(line);
    } finally {
      await file.close();
    }
  };

  return {
    record: (event) => {
      const cut = JSON.stringify({ at: clock.now().toISOString(), ...event }).slice(0, 2000);
      last = last.then(() => append(`${cut}\n`)).catch(onError);
    },
    close: () => last,
  };
}
