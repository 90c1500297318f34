import type { AnswerVerdict, ChainStep } from "../../shared/codex-format/agent-answer/agent-answer.ts";
import { chainStep } from "../../shared/codex-format/agent-answer/chain-step.ts";
import { judgeAnswer } from "../../shared/codex-format/agent-answer/judge-answer.ts";
import { readAgentAnswer } from "../../shared/codex-format/agent-answer/read-agent-answer.ts";
import { classifyCodexPath } from "../../shared/codex-format/documents/codex-path.ts";
import { lintDocument } from "../../shared/codex-format/documents/lint-document.ts";
import type { FinishReason } from "./run-agent.ts";
import type { RecordedInput } from "./run-input.ts";
import type { RunRecord } from "./run-record.ts";

export interface RunJudgement {
  readonly verdict: AnswerVerdict;
  /** Lines of the diff; set for a proposal. */
  readonly lines: { readonly added: number; readonly removed: number } | undefined;
  readonly next: RunRecord["next"];
  /** What the model claimed of the log entry. */
  readonly claimed: { readonly taskId?: string; readonly date?: string };
}

/** What an answer comes to: follows from the recorded input and the answer alone. */
export function judgeRun(
  input: RecordedInput,
  said: { readonly text: string; readonly finish: FinishReason },
  checkBoardChange: (old: string, next: string) => string | undefined,
): RunJudgement {
  const { path, text: oldText, revision } = input.target;
  const answer = readAgentAnswer(said.text, { agent: input.agent.key, target: path, roster: input.roster });
  const verdict = judgeAnswer({
    answer,
    finishReason: said.finish,
    oldText,
    target: path,
    lint: lintDocument,
    checkTarget: classifyCodexPath(path) === "proposals" ? checkBoardChange : undefined,
    changeSummary: revision === null ? `Wrote ${path}.` : `Changed ${path}.`,
  });
  const { taskId, date } = answer.metadata ?? {};
  return {
    verdict,
    lines: verdict.outcome === "proposal" ? countLines(oldText, verdict.text) : undefined,
    next: nextOf(input, answer.chain?.isKnown === false ? undefined : answer.chain?.name),
    claimed: { ...(taskId === undefined ? {} : { taskId }), ...(date === undefined ? {} : { date }) },
  };
}

/** The answer's own line counts first, then what the roster says. */
function nextOf(input: RecordedInput, named: string | undefined): RunRecord["next"] {
  const next = named ?? input.next;
  if (next === undefined) return undefined;
  const step: ChainStep = chainStep({
    from: input.agent.key,
    next,
    visited: input.ran,
    depth: input.ran.length - 1,
    roster: input.roster,
  });
  switch (step.type) {
    case "run":
      return { agent: step.agent, willRun: true };
    case "end":
      return { agent: next, willRun: true };
    case "stop":
      return { agent: next, willRun: false, notice: step.reason };
  }
}

/** By content: a line that moved does not count. Unlike a comparison with a time limit it says the same every time. */
function countLines(before: string, after: string): { readonly added: number; readonly removed: number } {
  const left = new Map<string, number>();
  for (const line of linesOf(before)) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of linesOf(after)) {
    const count = left.get(line) ?? 0;
    if (count === 0) added += 1;
    else left.set(line, count - 1);
  }
  return { added, removed: [...left.values()].reduce((total, count) => total + count, 0) };
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
