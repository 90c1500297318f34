import type { DefaultAgent } from "../../../shared/codex-format/defaults/default-agent.ts";
import { agentWriteRefusal } from "../../../shared/codex-format/documents/agent-writable.ts";
import { agentText } from "../../../shared/codex-format/roster/edit-roster.ts";
import type { RosterAgent } from "../../../shared/codex-format/roster/roster.ts";
import { validateNewEntry } from "../../../shared/codex-format/task-log/validate-new-entry.ts";
import type { AgentView } from "../../../shared/roster.ts";
import { problemText } from "../problem-text.ts";

/** Runs by itself after every other agent, and needs no model. */
export const builtInAgent = "task_logger";

/** `prompts`: names of the files in `.codex/prompts/`. */
export function agentView(agent: RosterAgent, prompts: ReadonlySet<string>): AgentView {
  const { key, role, goal, backstory, writes, reads, next, model, raw, isDuplicate } = agent;
  const cannotRun = whyNot(agent);
  return {
    key,
    ...(role === undefined ? {} : { role }),
    ...(goal === undefined ? {} : { goal }),
    ...(backstory === undefined ? {} : { backstory }),
    ...(writes === undefined ? {} : { writes: writes.path, isWritesInferred: writes.isInferred }),
    reads,
    ...(next === undefined ? {} : { next }),
    ...(model === undefined ? {} : { model }),
    prompt: promptOf(key, prompts),
    problems: agent.problems.map(problemText),
    ...(isDuplicate ? { isDuplicate } : {}),
    ...(key === builtInAgent ? { isBuiltIn: true } : {}),
    ...(cannotRun === undefined ? {} : { cannotRun }),
    raw,
  };
}

export function offeredView(agent: DefaultAgent, prompts: ReadonlySet<string>): AgentView {
  const { key, role, goal, backstory, writes, reads, next, isBuiltIn } = agent;
  return {
    ...{ key, role, goal, backstory, writes, reads, next },
    prompt: promptOf(key, prompts),
    problems: [],
    ...(isBuiltIn === true ? { isBuiltIn, cannotRun: runsByItself } : {}),
    raw: agentText(agent),
  };
}

const runsByItself = "Folio runs it by itself after every other agent.";

function promptOf(key: string, prompts: ReadonlySet<string>): AgentView["prompt"] {
  return { path: `.codex/prompts/${key}.md`, exists: prompts.has(`${key}.md`) };
}

function whyNot({ key, isDuplicate, isReadOnly, writes }: RosterAgent): string | undefined {
  if (key === builtInAgent) return runsByItself;
  if (isDuplicate) return "An agent above has the same key; runs use that one.";
  if (validateNewEntry({ agent: key, summary: "-", outputFiles: [] }).length > 0) {
    return "The task log cannot hold its key: it is over 100 characters, or has a control character.";
  }
  if (isReadOnly) return "The roster is written in another form. Adopt a roster, then it can run.";
  if (writes === undefined) return "It names no document in .codex/ that it may write.";
  // A `*` stands for a name that is chosen when it runs.
  return agentWriteRefusal(writes.path.replaceAll("*", "name"));
}
