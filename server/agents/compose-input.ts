import type { AgentSettings } from "../../shared/agents.ts";
import { promptForAgent } from "../../shared/codex-format/defaults/default-prompts.ts";
import { classifyCodexPath } from "../../shared/codex-format/documents/codex-path.ts";
import type { AgentView } from "../../shared/roster.ts";
import { problemFrom } from "../platform/http/problem-response.ts";
import type { AgentsContext } from "./agents-context.ts";
import { canonicalDigest, sha256 } from "./canonical-json.ts";
import type { RecordedFile, RecordedInput } from "./run-input.ts";
import { composeMessages, templateOf } from "./run-messages.ts";
import type { RunRequest } from "./run-request.ts";
import { cannotRun } from "./run-target.ts";

/** What one file, and one conversation, brings along at most, in characters; the record says what was cut. */
const fileCharacters = 200_000;
const conversationCharacters = 200_000;
const filesAtMost = 40;
/** A larger document is not given to a model whole, so no answer could be its new text. */
const targetCharacters = 1_000_000;

/** Reads everything that a run depends on, once: from here on the run is a function of what this answers. */
export async function composeInput(
  context: AgentsContext,
  run: {
    readonly request: RunRequest;
    readonly agent: AgentView;
    readonly roster: readonly string[];
    readonly target: string;
  },
): Promise<RecordedInput> {
  const { request, agent, roster, target } = run;
  const settings = await context.settings.read();
  const before = await context.files.read(target);
  const oldText = before?.text ?? "";
  if (oldText.length > targetCharacters) throw cannotRun(`${target} is too large to be written by an agent.`);
  const priced = settings.prices.find(({ model }) => model === request.model);
  const template = await recordTemplate(context, target);
  const conversation = await transcriptOf(context, request);
  const feedback = await feedbackOf(context, request);
  const { key, role, goal, raw } = agent;
  const parts: Omit<RecordedInput, "messages"> = {
    format: "agent-run-input/1",
    agent: { key, ...(role === undefined ? {} : { role }), ...(goal === undefined ? {} : { goal }), raw },
    goal: request.goal,
    target: { path: target, revision: before?.revision ?? null, text: oldText },
    prompt: await promptFor(context, agent),
    ...(template === undefined ? {} : { template }),
    files: await filesOf(context, { declared: agent.reads, asked: request.reads ?? [], target }),
    logEntries: await logEntriesFor(context, settings.lastLogEntries),
    ...(conversation === undefined ? {} : { conversation }),
    ...(feedback === undefined ? {} : { feedback }),
    roster,
    ...(agent.next === undefined ? {} : { next: agent.next }),
    ran: [...(request.ran ?? []), key],
    model: { providerId: request.providerId, model: request.model },
    limits: limitsOf(settings),
    ...(priced === undefined ? {} : { price: { in: priced.in, out: priced.out } }),
  };
  return { ...parts, messages: composeMessages(parts) };
}

function limitsOf({ limits }: AgentSettings): AgentSettings["limits"] {
  const { outputTokens, seconds, cost } = limits;
  return { outputTokens, seconds, ...(cost === undefined ? {} : { cost }) };
}

async function promptFor(context: AgentsContext, agent: AgentView): Promise<RecordedInput["prompt"]> {
  const file = await context.files.read(agent.prompt.path);
  const isGenerated = file === undefined || file.text.trim() === "";
  const text = isGenerated ? promptForAgent(agent) : file.text;
  return { ...(isGenerated ? {} : { path: agent.prompt.path }), sha256: sha256(text), isGenerated, text };
}

/** The project's own, or else the one that is offered; that one has no digest, for it is no file. */
async function recordTemplate(context: AgentsContext, target: string): Promise<RecordedFile | undefined> {
  const offered = templateOf(target);
  if (offered === undefined) return undefined;
  const file = await recordFile(context, offered.path);
  if (file.sha256 !== undefined && file.text.trim() !== "") return file;
  return { path: offered.path, size: Buffer.byteLength(offered.text), text: offered.text };
}

/**
 * Each once, without the target and the task log: the one goes along whole, of the other its last entries. What a roster
 * declares beside what agents may read is noted and not given; a person who asks for such a file is told.
 */
async function filesOf(
  context: AgentsContext,
  paths: { readonly declared: readonly string[]; readonly asked: readonly string[]; readonly target: string },
): Promise<RecordedFile[]> {
  const { declared, asked, target } = paths;
  const isWanted = (path: string): boolean =>
    path !== target && !path.includes("*") && classifyCodexPath(path) !== "task-log";
  const wanted = [...new Set([...declared, ...asked])].filter(isWanted).slice(0, filesAtMost);
  const files: RecordedFile[] = [];
  for (const path of wanted) {
    files.push(
      await recordFile(context, path).catch((error: unknown) => {
        if (asked.includes(path) || problemFrom(error).status >= 500) throw error;
        return { path, size: 0, text: "", isRefused: true };
      }),
    );
  }
  return files;
}

/** Oldest first. What was refused or has failed says nothing about the project, and small models repeat it. */
async function logEntriesFor(context: AgentsContext, count: number): Promise<RecordedInput["logEntries"]> {
  if (count === 0) return [];
  const entries = await context.files.lastLogEntries(count * 3);
  return entries.filter(({ raw }) => !isOfNoWork(raw)).slice(-count);
}

function isOfNoWork(raw: string): boolean {
  try {
    const entry = JSON.parse(raw) as { readonly status?: unknown } | null;
    return entry?.status === "refused" || entry?.status === "failed";
  } catch {
    return false;
  }
}

async function recordFile(context: AgentsContext, path: string): Promise<RecordedFile> {
  const file = await context.files.read(path);
  if (file === undefined) return { path, size: 0, text: "" };
  const isCut = file.text.length > fileCharacters;
  return {
    path,
    sha256: file.revision,
    size: file.bytes.length,
    text: isCut ? file.text.slice(0, fileCharacters).toWellFormed() : file.text,
    ...(isCut ? { isCut } : {}),
  };
}

/** The newest messages that fit, down to the one that the agent was called with. */
async function transcriptOf(context: AgentsContext, request: RunRequest): Promise<RecordedInput["conversation"]> {
  const { conversation } = request;
  if (conversation === undefined || context.conversations === undefined) return undefined;
  const { head, messages } = await context.conversations.transcript(conversation.id, conversation.messageId);
  const kept: { role: string; text: string }[] = [];
  let characters = 0;
  for (const { role, text } of messages.toReversed()) {
    characters += text.length;
    if (characters > conversationCharacters && kept.length > 0) break;
    kept.unshift({ role, text: text.slice(0, conversationCharacters).toWellFormed() });
  }
  return { id: conversation.id, head, messages: kept, sha256: canonicalDigest(kept) };
}

async function feedbackOf(context: AgentsContext, request: RunRequest): Promise<RecordedInput["feedback"]> {
  if (request.feedback === undefined || request.feedback.length === 0) return undefined;
  return context.feedback?.read(request.feedback);
}
