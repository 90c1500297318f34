import type { ConversationCache } from "./conversation-cache.ts";
import type { OpenConversation } from "./open-conversation.ts";
import type { WriteBack } from "./write-back.ts";

const tickMs = 1000;
const shortestMs = 5000;
/** A file is rewritten at most this much of the time, however large it is. */
const restForEachMs = 20;
/** With many answers at once all of them together write at most ten files a second. */
const msForEachAnswer = 100;

/**
 * Writes growing answers into their files every few seconds, so that an editor sees them grow. The journal has the
 * text already: this may be as rare as it must be to cost little.
 */
export function startCheckpoints(cache: ConversationCache, writeBack: WriteBack, monotonic: () => number): () => void {
  const plans = new WeakMap<OpenConversation, { due: number }>();

  const write = async (open: OpenConversation, plan: { due: number }, pause: number): Promise<void> => {
    const started = monotonic();
    plan.due = Number.POSITIVE_INFINITY;
    await writeBack.settle(open);
    const took = monotonic() - started;
    plan.due = monotonic() + Math.max(pause, took * restForEachMs);
  };

  const tick = (): void => {
    const growing = [...cache.all()].filter((open) => open.live.size > 0);
    const pause = Math.max(shortestMs, growing.length * msForEachAnswer);
    for (const [place, open] of growing.entries()) {
      const now = monotonic();
      const plan = plans.get(open);
      if (plan === undefined) plans.set(open, { due: now + pause * (0.5 + place / (2 * growing.length)) });
      else if (plan.due <= now) void write(open, plan, pause);
    }
  };

  const timer = setInterval(tick, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
