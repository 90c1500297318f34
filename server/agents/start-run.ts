import { composeAgentRecord, DEFAULT_AGENTS } from "../../shared/codex-format/defaults/default-roster.ts";
import type { AgentView } from "../../shared/roster.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentsContext } from "./agents-context.ts";
import { canonicalDigest } from "./canonical-json.ts";
import { carryRun } from "./carry-run.ts";
import { composeInput } from "./compose-input.ts";
import { createLiveRun } from "./live-run.ts";
import { recordLogStep } from "./log-step.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunRequest } from "./run-request.ts";
import { targetOf } from "./run-target.ts";

const runsAtOnce = 4;
const retryAfterSeconds = "5";

/**
 * Records the whole input durably, then asks the model. The same id again starts nothing and answers as the first time.
 * @throws Problem 404 for an unknown agent, 409 `already-exists`, 422 when it cannot run, 429 `too-many`
 */
export async function startRun(context: AgentsContext, request: RunRequest): Promise<RunRecord> {
  const atWork = context.starting.get(request.id);
  if (atWork !== undefined) return sameRun(await atWork, request);
  const started = startOnce(context, request).finally(() => context.starting.delete(request.id));
  context.starting.set(request.id, started);
  return started;
}

async function startOnce(context: AgentsContext, request: RunRequest): Promise<RunRecord> {
  const known = await context.records.read(request.id);
  if (known !== undefined) return sameRun(known, request);
  const { agent, roster, target, model } = await checkRun(context, request);
  if (model === undefined) return recordLogStep(context, request, agent);
  // Nothing is waited for between this check and the place that is taken, so that two requests cannot both pass it.
  refuseTooMany(context, request, target);
  const live = createLiveRun({ runId: request.id, target, isScratch: request.isScratch === true, log: context.log });
  context.live.set(request.id, live);
  try {
    const input = await composeInput(context, { request, agent, roster, target });
    const record = newRecord(context, request, input);
    if (!(await context.records.add(record))) throw taken();
    context.runs.start(request.id, (signal) => carryRun(context, { record, model, live }, signal));
    return record;
  } catch (error) {
    context.live.delete(request.id);
    throw error;
  }
}

/** Whether a run may begin now, and what it begins with. Without a model: the log step, which needs none. @throws Problem */
export async function checkRun(context: AgentsContext, request: RunRequest) {
  if (context.isClosing()) throw new Problem("stopping", 503, "Folio is ending. No run was started.");
  const { agent, roster } = await agentOf(context, request);
  if (agent.isBuiltIn === true) return { agent, roster, target: agent.writes ?? "", model: undefined };
  const target = targetOf(agent, request.target);
  const model = modelOf(context, request);
  refuseTooMany(context, request, target);
  return { agent, roster, target, model };
}

function newRecord(context: AgentsContext, request: RunRequest, input: RunRecord["input"]): RunRecord {
  const { id, chain, call, conversation, proposal, feedback, isScratch, againOf } = request;
  return {
    format: "agent-run/1",
    id,
    status: "running",
    started: context.clock.now().toISOString(),
    input,
    inputSha256: canonicalDigest(input),
    owner: context.owner,
    answer: { text: "", reasoning: "" },
    usage: { ms: 0 },
    notes: [],
    flags: [],
    ...(chain === undefined ? {} : { chain }),
    ...(call === undefined ? {} : { call }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(proposal === undefined ? {} : { proposal }),
    ...(feedback === undefined ? {} : { feedback }),
    ...(isScratch === true ? { isScratch } : {}),
    ...(againOf === undefined ? {} : { againOf }),
  };
}

/** @throws Problem 404 */
async function agentOf(context: AgentsContext, { agent: key, chain }: RunRequest) {
  const view = await context.files.roster();
  const all = view.agents.length > 0 ? [...view.agents, ...view.offered] : view.offered;
  const roster = [...new Set(all.map((each) => each.key))];
  const agent = all.find((each) => each.key === key && each.isDuplicate !== true);
  // The steps of a project are Folio's own: a roster that one of them wrote may lack, or spoil, who makes the next.
  const isUsable = agent !== undefined && agent.cannotRun === undefined;
  const standIn = chain?.project === undefined || isUsable ? undefined : offeredAgent(key);
  if (standIn !== undefined) return { agent: standIn, roster: [...new Set([...roster, key])] };
  if (agent !== undefined) return { agent, roster };
  throw new Problem("not-found", 404, `There is no agent ${key} in the roster. No run was started.`);
}

function offeredAgent(key: string): AgentView | undefined {
  const agent = DEFAULT_AGENTS.find((each) => each.key === key);
  if (agent === undefined) return undefined;
  const prompt = { path: `.codex/prompts/${key}.md`, exists: false };
  return { ...agent, prompt, problems: [], raw: composeAgentRecord(agent) };
}

/** @throws Problem 422 `no-model` */
function modelOf(
  context: AgentsContext,
  choice: { readonly providerId: string; readonly model: string },
): LanguageModel {
  const model = context.modelFor(choice.providerId, choice.model);
  if (model !== undefined) return model;
  throw new Problem("no-model", 422, "The chosen provider is not set up any more. No run was started.", {
    detail: "Choose another model.",
  });
}

/** One run at a time may be made for a document: a second one would be made from what the first is about to change. */
function refuseTooMany(context: AgentsContext, request: RunRequest, target: string): void {
  const sameTarget = [...context.live].find(([, live]) => live.target === target && !live.isScratch && !live.isOver());
  if (sameTarget !== undefined && request.isScratch !== true) {
    throw new Problem("already-exists", 409, `A run is at work on ${target} already. No second one was started.`, {
      detail: "Wait for it, or stop it.",
      facts: { runId: sameTarget[0] },
    });
  }
  refuseOverCount(context.live);
}

/** @throws Problem 429 with Retry-After */
export function refuseOverCount(live: AgentsContext["live"]): void {
  if ([...live.values()].filter((run) => !run.isOver()).length < runsAtOnce) return;
  throw new Problem("too-many", 429, `${runsAtOnce} runs are at work already. No other one was started.`, {
    detail: "Start it again when one has ended.",
    headers: { "retry-after": retryAfterSeconds },
  });
}

function sameRun(known: RunRecord, request: RunRequest): RunRecord {
  if (known.input.agent.key === request.agent && known.input.goal === request.goal) return known;
  throw taken();
}

function taken(): Problem {
  return new Problem("already-exists", 409, "There is a run with this id already. Nothing was started.");
}
