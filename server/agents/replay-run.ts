import type { RunReplay } from "../../shared/agents.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import type { AgentsContext } from "./agents-context.ts";
import { canonicalDigest } from "./canonical-json.ts";
import { judgeRun } from "./judge-run.ts";
import { createLiveRun } from "./live-run.ts";
import { type RunEnding, runAgent } from "./run-agent.ts";
import type { RunRecord } from "./run-record.ts";
import { refuseOverCount } from "./start-run.ts";

/** Asks the recorded input once more and compares. Writes nothing, logs nothing; takes a place of those
 * that runs have. `model`: the recorded one's, found. */
export async function replayRun(
  context: Pick<AgentsContext, "files" | "live">,
  record: RunRecord,
  model: LanguageModel | undefined,
  signal: AbortSignal,
): Promise<RunReplay> {
  const { input } = record;
  if (canonicalDigest(input) !== record.inputSha256) {
    return cannot("The recorded input is not what it was: its digest does not match. It was not asked again.");
  }
  if (input.messages.length === 0) return cannot("The log step asks no model: there is nothing to replay.");
  if (model === undefined) return cannot("The provider of the run is not set up any more.");
  const isOpen = record.status === "running" || record.status === "stopped" || record.status === "interrupted";
  if (isOpen) return cannot("The run did not come to its end: there is nothing to compare with.");
  const live = createLiveRun({ runId: record.id, target: input.target.path, isScratch: true, log: silent });
  refuseOverCount(context.live);
  context.live.set(`replay ${record.id}`, live);
  let ending: RunEnding = { kind: "aborted" };
  const deadline = AbortSignal.timeout(input.limits.seconds * 1000);
  try {
    for await (const event of runAgent(input, model, AbortSignal.any([signal, deadline]))) {
      live.take(event);
      if (event.type === "ended") ending = event.ending;
    }
  } finally {
    context.live.delete(`replay ${record.id}`);
  }
  if (signal.aborted) return cannot("The replay was stopped.");
  const differences = compare(context, record, { answer: live.answer(), ending });
  return { isIdentical: differences.length === 0, differences };
}

const silent = { append: () => undefined };

function compare(
  { files }: Pick<AgentsContext, "files">,
  record: RunRecord,
  again: { readonly answer: RunRecord["answer"]; readonly ending: RunEnding },
): readonly string[] {
  const { answer, input } = record;
  const differences: string[] = [];
  if (again.answer.text !== answer.text) differences.push(whereTexts("The answer", answer.text, again.answer.text));
  if (again.answer.reasoning !== answer.reasoning) {
    differences.push(whereTexts("The reasoning", answer.reasoning, again.answer.reasoning));
  }
  const finish = again.ending.kind === "finished" ? again.ending.reason : undefined;
  if (finish !== answer.finish) {
    differences.push(`It ended with ${finish ?? again.ending.kind}; recorded is ${answer.finish ?? "no finish"}.`);
  }
  if (differences.length === 0 && again.answer.events?.sha256 !== answer.events?.sha256) {
    const counts = `${again.answer.events?.count ?? 0} events, recorded are ${answer.events?.count ?? 0}`;
    differences.push(`The same text came in other pieces, or with other counts (${counts}).`);
  }
  if (again.ending.kind !== "finished") return differences;
  const { verdict } = judgeRun(input, { text: again.answer.text, finish: again.ending.reason }, files.checkBoardChange);
  const before = record.proposed === undefined ? (record.reason?.code ?? "none") : "proposal";
  const now = verdict.outcome === "proposal" ? "proposal" : verdict.code;
  if (before !== now) differences.push(`It is judged as ${now}; recorded is ${before}.`);
  const isOther =
    verdict.outcome === "proposal" && record.proposed !== undefined && verdict.text !== record.proposed.text;
  if (isOther) differences.push("The document that it makes is another one.");
  return differences;
}

function whereTexts(what: string, before: string, now: string): string {
  let at = 0;
  while (at < before.length && before[at] === now[at]) at += 1;
  return `${what} differs from character ${at + 1} on (${now.length} characters, recorded are ${before.length}).`;
}

function cannot(problem: string): RunReplay {
  return { isIdentical: false, differences: [], problem };
}
