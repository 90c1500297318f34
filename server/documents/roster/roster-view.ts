import type { DefaultAgent } from "../../../shared/codex-format/defaults/default-agent.ts";
import { DEFAULT_AGENTS } from "../../../shared/codex-format/defaults/default-roster.ts";
import type { RosterView } from "../../../shared/roster.ts";
import { type DocumentStore, StoreFailure } from "../../platform/store/document-store.ts";
import { readCodexAgents } from "../codex-agents.ts";
import { documentsFolder } from "../document-names.ts";
import { createLineCounter } from "../line-counter.ts";
import type { TaskLogService } from "../task-log-port.ts";
import { agentView, builtInAgent, offeredView } from "./agent-view.ts";
import { findRoster, type OpenRoster, type RosterCache, readAgentFiles } from "./read-rosters.ts";

export interface RosterDependencies {
  readonly store: DocumentStore;
  readonly taskLog: TaskLogService;
  readonly parseRoster: RosterCache;
}

export const rosterPath = ".codex/AGENTS.md";

/** Names in the log that stand for no agent. */
const nobodies = new Set(["person", builtInAgent]);

export async function rosterView(dependencies: RosterDependencies): Promise<RosterView> {
  const { store, taskLog, parseRoster } = dependencies;
  const found = await findRoster(store, parseRoster);
  const files = found?.roster.kind === "roster" ? [] : await readAgentFiles(store, parseRoster);
  const promptFiles = await store.find(`${documentsFolder}/prompts`, (name) => name.endsWith(".md"));
  const prompts = new Set(promptFiles.map(({ path }) => path.slice(path.lastIndexOf("/") + 1)));
  const agents = [...(found === undefined ? [] : [found]), ...files].flatMap(({ roster }) =>
    roster.agents.map((agent) => agentView(agent, prompts)),
  );
  const kind = kindOf(found, files);
  const offered = kind === "roster" ? [] : DEFAULT_AGENTS.map((agent) => offeredView(agent, prompts));
  const isMissing = ({ key, isBuiltIn }: DefaultAgent): boolean =>
    kind === "roster" && isBuiltIn !== true && !agents.some((agent) => agent.key === key);
  const missing = DEFAULT_AGENTS.filter(isMissing).map((agent) => offeredView(agent, prompts));
  const tomls = await store.find(`${documentsFolder}/agents`, (name) => name.toLowerCase().endsWith(".toml"));
  const names = new Set([...agents, ...offered].map(({ key }) => key));
  const seen = await agentsInLog(taskLog);
  return {
    kind,
    path: found?.document.path ?? rosterPath,
    ...(found === undefined ? {} : { revision: found.document.revision }),
    agents,
    invalid: found === undefined ? [] : invalidOf(found),
    seenInLog: seen.filter((name) => !names.has(name) && !nobodies.has(name)),
    codexAgents: await readCodexAgents(
      store,
      tomls.map(({ path }) => path),
    ),
    offered,
    missing,
  };
}

/** A log that is a link or a device is told where the log stands; the roster does without it. */
async function agentsInLog(taskLog: TaskLogService): Promise<readonly string[]> {
  try {
    return (await taskLog.overview()).agents;
  } catch (error) {
    if (error instanceof StoreFailure && error.code !== "away") return [];
    throw error;
  }
}

function kindOf(found: OpenRoster | undefined, files: readonly OpenRoster[]): RosterView["kind"] {
  if (found?.roster.kind === "roster" || found?.roster.kind === "foreign") return found.roster.kind;
  if (files.length > 0) return "foreign";
  return found?.roster.kind ?? "none";
}

function invalidOf({ document, roster }: OpenRoster): RosterView["invalid"] {
  const lineAt = createLineCounter(document.bytes);
  return roster.invalid.map(({ raw, reason, span }) => ({ raw, reason, line: lineAt(span.start) }));
}
