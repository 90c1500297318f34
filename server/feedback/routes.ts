import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  type FeedbackInvalidView,
  type FeedbackPage,
  type FeedbackView,
  type GiveFeedback,
  giveFeedbackSchema,
} from "../../shared/feedback.ts";
import { readJson } from "../platform/http/read-json.ts";
import { Problem } from "../platform/problem.ts";
import { type FeedbackFile, feedbackPath } from "./feedback-file.ts";

export interface FeedbackRoutesDependencies {
  readonly file: FeedbackFile;
  readonly give: (asked: GiveFeedback) => Promise<{ readonly id: string }>;
  readonly titleOf: (conversation: string) => string | undefined;
  readonly withdraw: (id: string) => Promise<{ readonly id: string }>;
}

const withdrawSchema = z.strictObject({ id: z.string().min(1).max(100) });

/** HTTP in and out of feedback; paths are relative to `/api`. */
export function feedbackRoutes({
  file,
  give,
  withdraw,
  titleOf,
}: FeedbackRoutesDependencies): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get("/feedback", async (context) => {
    const { all, current, invalid } = await file.views();
    const matching = all.filter(matcher(context)).toReversed();
    const from = numberOf(context, "from", 0, 10_000_000);
    const byReason = new Map<string, number>();
    for (const { reasons } of current)
      for (const reason of reasons) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    return context.json({
      path: feedbackPath,
      items: matching.slice(from, from + numberOf(context, "count", 100, 500)).map((view) => titled(view, titleOf)),
      total: matching.length,
      counts: {
        up: current.filter(({ rating }) => rating === "up").length,
        down: current.filter(({ rating }) => rating === "down").length,
        invalid,
      },
      byReason: [...byReason].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    } satisfies FeedbackPage);
  });
  routes.post("/feedback", async (context) =>
    context.json(await give(await readJson(context.env.incoming, giveFeedbackSchema)), 201),
  );
  routes.post("/feedback/withdraw", async (context) => {
    const { id } = await readJson(context.env.incoming, withdrawSchema);
    return context.json(await withdraw(id));
  });
  return routes;
}

function titled(
  view: FeedbackView | FeedbackInvalidView,
  titleOf: FeedbackRoutesDependencies["titleOf"],
): FeedbackView | FeedbackInvalidView {
  if (view.kind === "invalid" || view.target === undefined || !("conversation" in view.target)) return view;
  const title = titleOf(view.target.conversation);
  return title === undefined ? view : { ...view, title };
}

/** What is asked for by `rating`, `reason`, `conversation`, `document` and `id` (any of several); lines that cannot be read match no filter. */
function matcher(context: Context): (view: FeedbackView | FeedbackInvalidView) => boolean {
  const asked = {
    rating: context.req.query("rating"),
    reason: context.req.query("reason"),
    conversation: context.req.query("conversation"),
    document: context.req.query("document"),
  };
  const ids = context.req.queries("id");
  const isFiltered = ids !== undefined || Object.values(asked).some((value) => value !== undefined);
  return (view) => {
    if (view.kind === "invalid") return !isFiltered;
    const { target } = view;
    return (
      (asked.rating === undefined || view.rating === asked.rating) &&
      (asked.reason === undefined || view.reasons.includes(asked.reason)) &&
      (ids === undefined || ids.includes(view.id)) &&
      (asked.conversation === undefined ||
        (target !== undefined && "conversation" in target && target.conversation === asked.conversation)) &&
      (asked.document === undefined ||
        (target !== undefined && "document" in target && target.document === asked.document))
    );
  };
}

function numberOf(context: Context, name: string, fallback: number, maximum: number): number {
  const text = context.req.query(name);
  if (text === undefined) return fallback;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= maximum) return number;
  throw new Problem("bad-request", 400, `${name} is a whole number from 0 to ${maximum}.`);
}
