/** The commands behind the first word. Each is loaded only when it is asked for: a file tool need not load a server. */
import type { RunCommand } from "./command-input.ts";

/** `bin/folio.mjs` lists the same words: they run from the sources where nothing is built. */
export const commands: ReadonlyMap<string, () => Promise<RunCommand>> = new Map(
  Object.entries({
    conversation: async () => (await import("./conversation.ts")).conversationCommand,
    log: async () => (await import("./log/log.ts")).logCommand,
    roster: async () => (await import("./roster.ts")).rosterCommand,
    proposals: async () => (await import("./proposals.ts")).proposalsCommand,
    agents: async () => (await import("./agents.ts")).agentsCommand,
    runs: async () => (await import("./agents.ts")).runsCommand,
    documents: async () => (await import("./documents.ts")).documentsCommand,
  }),
);
