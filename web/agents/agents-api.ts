/** The agents' commands and questions of the API, one function each. */
import type {
  AcceptRun,
  AgainRun,
  AgentRunView,
  AgentSettings,
  CallAgain,
  CallAgent,
  GoOnProject,
  ProjectView,
  RunInputFile,
  RunInputView,
  RunReplay,
  StartAgentRun,
  StartProject,
} from "../../shared/agents.ts";
import type { ChangeRoster, RosterView } from "../../shared/roster.ts";
import { request } from "../platform/api.ts";

export const runPath = (id: string): string => `/agents/runs/${encodeURIComponent(id)}`;

export const settingsPath = "/agents/settings";

export const projectPath = (id: string): string => `/agents/projects/${encodeURIComponent(id)}`;

type WithText<Value> = Value & { readonly text: string };

/** `GET …/input`: what the view has, with every text. */
export interface WholeInput
  extends Omit<RunInputView, "files" | "logEntries" | "prompt" | "template" | "conversation"> {
  readonly files: readonly WithText<RunInputFile>[];
  readonly logEntries: readonly { readonly ref: string; readonly raw: string }[];
  readonly prompt: WithText<RunInputView["prompt"]>;
  readonly template?: WithText<RunInputFile>;
  /** Exactly what the model was sent. */
  readonly messages: readonly { readonly role: string; readonly text: string }[];
}

export const inputPath = (id: string): string => `${runPath(id)}/input`;

export function startAgentRun(body: StartAgentRun): Promise<{ readonly runId: string }> {
  return request("/agents/runs", { method: "POST", body });
}

/** Refused with `stale` when the document has changed, or when the run was decided elsewhere. */
export function acceptRun(id: string, body: AcceptRun): Promise<AgentRunView> {
  return request(`${runPath(id)}/accept`, { method: "POST", body });
}

export function rejectRun(id: string, reason: string): Promise<AgentRunView> {
  return request(`${runPath(id)}/reject`, { method: "POST", body: reason === "" ? {} : { reason } });
}

export function stopAgentRun(id: string): Promise<void> {
  return request(`${runPath(id)}/stop`, { method: "POST" });
}

export function replayRun(id: string): Promise<RunReplay> {
  return request(`${runPath(id)}/replay`, { method: "POST" });
}

export function askAgain(id: string, body: AgainRun): Promise<{ readonly runId: string }> {
  return request(`${runPath(id)}/again`, { method: "POST", body });
}

/** Idempotent by `runId`. */
export function callAgent(conversationId: string, body: CallAgent): Promise<void> {
  return request(`/conversations/${encodeURIComponent(conversationId)}/agent-runs`, { method: "POST", body });
}

/** The run of an answer once more, as another version of that answer. */
export function callAgain(conversationId: string, body: CallAgain): Promise<unknown> {
  return request(`/conversations/${encodeURIComponent(conversationId)}/agent-runs/again`, { method: "POST", body });
}

export function fetchRoster(): Promise<RosterView> {
  return request("/roster");
}

/** A document that is not there yet; refused with `stale` when it is. */
export function makeDocument(path: string, text: string): Promise<unknown> {
  return request("/documents/content", { method: "PUT", body: { path, text, base: null } });
}

export function changeRoster(body: ChangeRoster): Promise<RosterView> {
  return request("/roster", { method: "POST", body });
}

export function saveAgentSettings(body: AgentSettings): Promise<AgentSettings> {
  return request(settingsPath, { method: "PUT", body });
}

/** Starts it; the same id again goes on where it stands still. */
/** Begins the step that is due. */
export function goOnProject(id: string, choice: GoOnProject): Promise<ProjectView> {
  return request(`${projectPath(id)}/go-on`, { method: "POST", body: choice });
}

export function startProject(body: StartProject): Promise<ProjectView> {
  return request("/agents/projects", { method: "POST", body });
}
