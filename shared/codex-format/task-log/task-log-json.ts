import type { ByteSpan, EntryProblem, TaskLog } from "./task-log.ts";

export type TaskLogJson = {
  readonly level: number;
  readonly items: readonly (
    | {
        readonly kind: "entry";
        readonly entry: Readonly<Record<string, unknown>>;
        readonly problems: readonly EntryProblem[];
        readonly span: ByteSpan;
      }
    | { readonly kind: "invalid"; readonly raw: string; readonly reason: string; readonly span: ByteSpan }
  )[];
};

/** What `log list --json` prints. */
export function taskLogJson(log: TaskLog): TaskLogJson {
  const items = log.items.map((item) => {
    if (item.kind === "invalid") {
      const { raw, reason, span } = item;
      return { kind: "invalid" as const, raw, reason, span };
    }
    const { entry, problems, span } = item;
    return { kind: "entry" as const, entry, problems, span };
  });
  return { level: log.level, items };
}
