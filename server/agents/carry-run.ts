import { setTimeout as delay } from "node:timers/promises";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentsContext } from "./agents-context.ts";
import { concludeRun, type EndedRun } from "./conclude-run.ts";
import type { LiveRun } from "./live-run.ts";
import { type RunEnding, runAgent } from "./run-agent.ts";
import type { RunRecord } from "./run-record.ts";
import { watchForStop } from "./stop-requests.ts";

/** How often what came is put into the record: a crash loses no more of an answer. */
const checkpointMs = 1000;
const tryAgainMs = 1000;
/** A record that somebody deleted does not come back; a folder that was away for a moment does. */
const triesForMissing = 10;

/** Asks the model for a recorded run, tells and keeps what comes, and decides at the end. */
export async function carryRun(
  context: AgentsContext,
  run: { readonly record: RunRecord; readonly model: LanguageModel; readonly live: LiveRun },
  signal: AbortSignal,
): Promise<void> {
  const { record, model, live } = run;
  const begun = context.clock.monotonic();
  const deadline = AbortSignal.timeout(record.input.limits.seconds * 1000);
  const stopKeeping = keepAnswer(context, record.id, live);
  const stopLooking = watchForStop(context, record.id);
  let ending: RunEnding = { kind: "aborted" };
  try {
    await context.announce(record);
    for await (const event of runAgent(record.input, model, AbortSignal.any([signal, deadline]))) {
      live.take(event);
      if (event.type === "ended") ending = event.ending;
    }
  } catch (error) {
    // A model must not throw (its port says so); one that does has failed like any other.
    ending = { kind: "failed", failure: { code: "malformed", title: `The model's adapter failed: ${String(error)}` } };
  }
  await stopKeeping();
  await stopLooking();
  const ms = Math.round(context.clock.monotonic() - begun);
  const stop = signal.aborted ? String(signal.reason) : "too-slow";
  await concludeAtLast(context, { id: record.id, live, ending, ms, stop });
}

/** While the disk is full the answer is kept in memory and tried again; Folio's end leaves the last checkpoint. */
async function concludeAtLast(context: AgentsContext, ended: EndedRun): Promise<void> {
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        return await concludeRun(context, ended);
      } catch (error) {
        context.logger.error("end of a run not kept yet", { run: ended.id, error: String(error) });
        const isGone = error instanceof Problem && error.code === "not-found";
        if ((isGone && tries >= triesForMissing) || context.isClosing()) return;
        await delay(tryAgainMs);
      }
    }
  } finally {
    context.live.delete(ended.id);
  }
}

/** Writes the answer so far into the record now and then; answers how to end it, which waits for a write at work. */
function keepAnswer(context: AgentsContext, id: string, live: LiveRun): () => Promise<void> {
  let kept = 0;
  let writing: Promise<unknown> | undefined;
  const keep = async (): Promise<void> => {
    const answer = live.answer();
    const length = answer.text.length + answer.reasoning.length;
    if (length === kept) return;
    kept = length;
    await context.records.change(id, (now) => (now.status === "running" ? { ...now, answer } : undefined));
  };
  const timer = setInterval(() => {
    writing ??= keep()
      .catch((error: unknown) => context.logger.error("run not kept", { run: id, error: String(error) }))
      .finally(() => {
        writing = undefined;
      });
  }, checkpointMs);
  return async () => {
    clearInterval(timer);
    await writing;
  };
}
