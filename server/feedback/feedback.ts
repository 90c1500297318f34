import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { FeedbackView, GiveFeedback } from "../../shared/feedback.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { DocumentStore, StoreChange } from "../platform/store/document-store.ts";
import { createFeedbackFile, feedbackPath } from "./feedback-file.ts";
import { giveFeedback, withdrawFeedback } from "./give-feedback.ts";
import { feedbackRoutes } from "./routes.ts";

export interface FeedbackOptions {
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly clock: Clock;
  /** Random bytes, for ids. */
  readonly random: (count: number) => Uint8Array;
  /** Who wrote a message; undefined when the conversation or the message is not there. */
  readonly authorOf: (
    conversation: string,
    message: string,
  ) => Promise<{ readonly model?: string; readonly preset?: string } | undefined>;
  /** A conversation's title now; undefined when it is gone. */
  readonly titleOf: (conversation: string) => string | undefined;
}

export interface Feedback {
  readonly routes: Hono<{ Bindings: HttpBindings }>;
  /** The file was written by somebody. */
  changedOutside(change: StoreChange): Promise<void>;
  /** These ones as they stand now, past ones included; ids that are not there are left out. */
  read(ids: readonly string[]): Promise<readonly FeedbackView[]>;
  give(asked: GiveFeedback): Promise<{ readonly id: string }>;
  withdraw(id: string): Promise<{ readonly id: string }>;
}

/** Wires the feature: what people think of answers and documents, one line each in `feedback.jsonl`. */
export function createFeedback(options: FeedbackOptions): Feedback {
  const file = createFeedbackFile(options.store);
  const told = (): void => options.log.append("workspace", { type: "feedback-changed" });
  const dependencies = { ...options, file, told };
  const give = (asked: GiveFeedback): Promise<{ readonly id: string }> => giveFeedback(dependencies, asked);
  const withdraw = (id: string): Promise<{ readonly id: string }> => withdrawFeedback(dependencies, id);
  return {
    routes: feedbackRoutes({ file, give, withdraw, titleOf: options.titleOf }),
    changedOutside: async ({ path }) => {
      if (path === feedbackPath && (await file.hasChanged().catch(() => true))) told();
    },
    read: async (ids) => {
      const { all } = await file.views();
      return ids.flatMap(
        (id) => all.findLast((view) => view.kind === "feedback" && view.id === id) ?? [],
      ) as FeedbackView[];
    },
    give,
    withdraw,
  };
}
