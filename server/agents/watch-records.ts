import { watchFolder } from "../platform/store/watch-folder.ts";
import type { AgentsContext } from "./agents-context.ts";
import { summaryOf } from "./run-record.ts";
import { runOfPath, runsFolder } from "./run-records.ts";

/** Tells pages of runs that other processes make or decide: commands beside this server. Answers how to end it. */
export async function watchRecords(context: AgentsContext): Promise<() => Promise<void>> {
  const { records, log, logger, dataDirectory } = context;
  /** The last that was told of each such run. */
  const told = new Map<string, string>();

  const tell = async (id: string): Promise<void> => {
    const record = await records.readOthers(id);
    if (record === undefined) return;
    const summary = JSON.stringify(summaryOf(record));
    if (told.get(id) !== summary) {
      told.set(id, summary);
      return context.announce(record);
    }
    // Its answer grows; whoever watches this run reads it again.
    log.append(`run:${id}`, { runId: id, type: "agent-run-reloaded" });
  };

  const watching = await watchFolder({
    root: dataDirectory,
    folders: [runsFolder],
    suffixes: [".json"],
    onChange: ({ type, path }) => {
      const id = type === "changed" ? runOfPath(path) : undefined;
      if (id === undefined) return;
      tell(id).catch((error: unknown) => logger.error("run of another process not told", { id, error: String(error) }));
    },
    onProblem: (problem) => logger.error("watching runs", { problem }),
  });
  return () => watching.close();
}
