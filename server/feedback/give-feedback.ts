import { newFeedbackKey } from "../../shared/codex-format/feedback/new-feedback-key.ts";
import type { GiveFeedback } from "../../shared/feedback.ts";
import type { Clock } from "../platform/clock.ts";
import { Problem } from "../platform/problem.ts";
import type { FeedbackFile } from "./feedback-file.ts";

export interface GiveFeedbackDependencies {
  readonly file: FeedbackFile;
  readonly clock: Clock;
  readonly random: (count: number) => Uint8Array;
  readonly authorOf: (
    conversation: string,
    message: string,
  ) => Promise<{ readonly model?: string; readonly preset?: string } | undefined>;
  readonly told: () => void;
}

/**
 * Adds one line. Who wrote the answer is looked up, never taken from the page.
 * @throws Problem 404 `not-found` for a message that is not there; then nothing is written
 */
export async function giveFeedback(
  { file, clock, random, authorOf, told }: GiveFeedbackDependencies,
  asked: GiveFeedback,
): Promise<{ readonly id: string }> {
  const { target } = asked;
  const author = "conversation" in target ? await authorOf(target.conversation, target.message) : {};
  if (author === undefined) {
    throw new Problem("not-found", 404, "That message is not in the file any more.", {
      detail: "Your feedback was not saved; it is still in the form.",
    });
  }
  const id = await freeKey(file, random);
  await file.append({
    id,
    at: clock.now().toISOString(),
    target,
    rating: asked.rating,
    reasons: [...new Set(asked.reasons)],
    ...(asked.text === undefined || asked.text.trim() === "" ? {} : { text: asked.text }),
    ...(asked.better === undefined || asked.better.trim() === "" ? {} : { better: asked.better }),
    ...(author.model === undefined ? {} : { model: author.model }),
    ...(author.preset === undefined ? {} : { preset: author.preset }),
    ...(asked.supersedes === undefined ? {} : { supersedes: asked.supersedes }),
  });
  told();
  return { id };
}

/** Takes feedback back with one more line; what was said stays in the file. @throws Problem 404 `not-found` */
export async function withdrawFeedback(
  { file, clock, told }: GiveFeedbackDependencies,
  id: string,
): Promise<{ readonly id: string }> {
  const { current } = await file.views();
  if (!current.some((view) => view.id === id)) {
    throw new Problem("not-found", 404, "That feedback is not in the file, or was taken back already.");
  }
  await file.append({ id, at: clock.now().toISOString(), withdrawn: true });
  told();
  return { id };
}

/** Six characters are short enough to be read out, and few enough to be looked up first. */
async function freeKey(file: FeedbackFile, random: (count: number) => Uint8Array): Promise<string> {
  const { all } = await file.views();
  const taken = new Set(all.map((view) => (view.kind === "feedback" ? view.id : "")));
  for (;;) {
    const key = newFeedbackKey(random);
    if (!taken.has(key)) return key;
  }
}
