import { agentWriteRefusal, isTrustedByRuns } from "../../shared/codex-format/documents/agent-writable.ts";
import type { AgentView } from "../../shared/roster.ts";
import { Problem } from "../platform/problem.ts";

/** Documents that the fixed agents write whatever the roster says of them; their own `Writes` comes first. */
const fixedTargets: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    doc_writer: [".codex/PRD.md", ".codex/ARCHITECTURE.md", ".codex/AGENTS.md"],
    planner: [".codex/PROPOSED-TASKS.md"],
    feedback_interpreter: [".codex/PROPOSED-TASKS.md"],
  }),
);

/**
 * The one document that a run may write. Only the roster's record and the person decide; nothing that a model, a prompt
 * or a document says counts. `asked`: the person's choice where the record leaves one.
 * @throws Problem 422 with why the agent cannot run
 */
export function targetOf(agent: AgentView, asked: string | undefined): string {
  if (agent.cannotRun !== undefined) throw cannotRun(`${agent.key} cannot run: ${agent.cannotRun}`);
  const declared = [...(agent.writes === undefined ? [] : [agent.writes]), ...(fixedTargets.get(agent.key) ?? [])];
  const target = asked ?? declared.find((path) => !path.includes("*"));
  if (target === undefined) {
    const why =
      declared.length === 0 ? "names no document that it writes" : "writes one of several documents: choose which";
    throw cannotRun(`${agent.key} ${why}.`);
  }
  if (!declared.some((path) => path === target || fits(path, target))) {
    throw cannotRun(`${agent.key} does not write ${target}.`);
  }
  const refusal = agentWriteRefusal(target);
  if (refusal !== undefined) throw cannotRun(`${agent.key} cannot run: it would write ${target}. ${refusal}`);
  return target;
}

/** Later runs take instructions from this document: a person sees every change of it, whatever the rules say. */
export function needsPerson(path: string): boolean {
  return isTrustedByRuns(path);
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.includes("*")) return false;
  const [before = "", after = "", ...more] = pattern.split("*");
  if (more.length > 0 || !path.startsWith(before) || !path.endsWith(after)) return false;
  const name = path.slice(before.length, path.length - after.length);
  return path.length > before.length + after.length && !name.includes("/");
}

export function cannotRun(title: string): Problem {
  return new Problem("bad-request", 422, title, { detail: "No run was started; nothing was changed." });
}
