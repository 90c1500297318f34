import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  type ConversationPage,
  changeConversationSchema,
  createConversationSchema,
  sendMessageSchema,
  startRunSchema,
} from "../../shared/chat.ts";
import { readJson } from "../platform/http/read-json.ts";
import { Problem } from "../platform/problem.ts";
import { changeConversation } from "./change-conversation.ts";
import { conflictRoutes } from "./conflict-routes.ts";
import { conversationView, pageBefore, placeOf } from "./conversation-view.ts";
import { deleteConversation, restoreConversation, type TrashDependencies } from "./delete-conversation.ts";
import { createConversation, sendMessage } from "./send-message.ts";
import { startRun } from "./start-run.ts";

export interface ChatRoutesDependencies extends TrashDependencies {
  readonly eventId: () => string;
  /** Where a document lies on this computer, absolute. */
  readonly fileOf: (path: string) => string;
}

type Environment = { Bindings: HttpBindings };

/** HTTP in and out of conversations; paths are relative to `/api`. */
export function chatRoutes(chat: ChatRoutesDependencies): Hono<Environment> {
  const { keeper, index, runs } = chat;
  const routes = new Hono<Environment>();

  routes.get("/conversations", (context) => {
    const { conversations, next, total } = index.page({
      after: context.req.query("after"),
      limit: limitOf(context, 50, 200),
      query: (context.req.query("q") ?? "").slice(0, 200),
    });
    const summaries = conversations.map((indexed) => keeper.announcer.summary(indexed));
    return context.json({
      conversations: summaries,
      total,
      ...(next === undefined ? {} : { next }),
    } satisfies ConversationPage);
  });
  routes.post("/conversations", async (context) =>
    context.json(await createConversation(chat, await readJson(context.env.incoming, createConversationSchema)), 202),
  );
  routes.post("/conversations/restore", async (context) => {
    const { restore } = await readJson(context.env.incoming, restoreSchema);
    return context.json(await restoreConversation(chat, restore));
  });
  routes.get("/conversations/:id", async (context) => {
    const open = await keeper.cache.get(context.req.param("id"));
    const options = {
      limit: limitOf(context, 100, 500),
      file: chat.fileOf(open.path),
      eventId: chat.eventId(),
      unwritten: keeper.unwritten(open),
    };
    return context.json(conversationView(open, keeper.summary(open), options));
  });
  addMessages(routes, keeper);
  routes.patch("/conversations/:id", async (context) => {
    const change = await readJson(context.env.incoming, changeConversationSchema);
    return context.json(await changeConversation(chat, context.req.param("id"), change));
  });
  routes.delete("/conversations/:id", async (context) =>
    context.json({ restore: await deleteConversation(chat, context.req.param("id")) }),
  );
  routes.post("/conversations/:id/messages", async (context) => {
    const asked = await readJson(context.env.incoming, sendMessageSchema);
    return context.json(await sendMessage(chat, context.req.param("id"), asked), 202);
  });
  routes.post("/conversations/:id/runs", async (context) => {
    const asked = await readJson(context.env.incoming, startRunSchema);
    return context.json(await startRun(chat, context.req.param("id"), asked), 202);
  });
  routes.post("/runs/:id/stop", (context) => {
    // A run that has ended by itself meanwhile is what was wished for.
    runs.stop(context.req.param("id"));
    return context.json({}, 202);
  });
  return routes.route("/", conflictRoutes(chat));
}

/** So that a message far up is one request away; a page is bounded by its weight, too. */
const mostMessages = 10_000;

function addMessages(routes: Hono<Environment>, keeper: ChatRoutesDependencies["keeper"]): void {
  routes.get("/conversations/:id/messages", async (context) => {
    const open = await keeper.cache.get(context.req.param("id"));
    return context.json(pageBefore(open, context.req.query("before"), limitOf(context, 100, mostMessages)));
  });
  routes.get("/conversations/:id/messages/:message", async (context) => {
    const place = placeOf(await keeper.cache.get(context.req.param("id")), context.req.param("message"));
    if (place === undefined) {
      throw new Problem("not-found", 404, "That message is not in the conversation any more.", {
        detail: "It may have been taken out of the file. The rest of the conversation is shown.",
      });
    }
    return context.json(place);
  });
}

const restoreSchema = z.strictObject({ restore: z.string().regex(/^[0-9a-z]{10}$/) });

function limitOf(context: Context, fallback: number, maximum: number): number {
  const text = context.req.query("limit");
  if (text === undefined) return fallback;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= maximum) return limit;
  throw new Problem("bad-request", 400, `limit is a whole number from 1 to ${maximum}.`);
}
