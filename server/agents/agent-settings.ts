import { join } from "node:path";
import { type AgentSettings, agentSettingsSchema } from "../../shared/agents.ts";
import { createJsonFile } from "../platform/json-file.ts";
import { Problem } from "../platform/problem.ts";
import { needsPerson } from "./run-target.ts";

const defaultAgentSettings: AgentSettings = {
  limits: { outputTokens: 16_000, seconds: 600 },
  rules: [],
  prices: [],
  currency: "USD",
  lastLogEntries: 20,
};

export interface AgentSettingsFile {
  /** A file that cannot be read counts for none: then nothing is written without asking. */
  read(): Promise<AgentSettings>;
  /** @throws Problem 400 for a rule about a document that tells agents what they may do */
  write(settings: AgentSettings): Promise<void>;
}

/** The person's limits, prices and rules: in Folio's own data, so that no file of the workspace can change them. */
export function openAgentSettings(dataDirectory: string): AgentSettingsFile {
  const file = createJsonFile<AgentSettings>(join(dataDirectory, "agent-settings.json"), agentSettingsSchema);
  return {
    read: async () => (await file.read()) ?? defaultAgentSettings,
    write: async (settings) => {
      const raising = settings.rules.find(({ path }) => needsPerson(path));
      if (raising !== undefined) {
        throw new Problem("bad-request", 400, `No rule may write ${raising.path}: it tells agents what they do.`, {
          detail:
            "The roster, prompts and templates are written only after a person has seen the change. Nothing was saved.",
        });
      }
      await file.write(settings);
    },
  };
}

/** Whether a rule of the person's covers this agent and document. */
export function isCoveredByRule(settings: AgentSettings, agent: string, path: string): boolean {
  if (needsPerson(path)) return false;
  return settings.rules.some((rule) => rule.agent === agent && rule.path === path);
}
