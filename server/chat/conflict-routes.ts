import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { resolveConflictSchema, undoResolveSchema } from "../../shared/conflicts.ts";
import { readJson } from "../platform/http/read-json.ts";
import type { TrashDependencies } from "./delete-conversation.ts";
import { resolveConflict, undoResolve, viewConflict } from "./resolve-conflict.ts";

/** HTTP in and out of conflicts in conversations' files; paths are relative to `/api`. */
export function conflictRoutes(chat: TrashDependencies): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get("/conversations/:id/conflict", async (context) =>
    context.json(await viewConflict(chat, context.req.param("id"))),
  );
  routes.post("/conversations/:id/resolve", async (context) => {
    const asked = await readJson(context.env.incoming, resolveConflictSchema);
    return context.json(await resolveConflict(chat, context.req.param("id"), asked));
  });
  routes.post("/conversations/:id/resolve/undo", async (context) => {
    await undoResolve(chat, context.req.param("id"), await readJson(context.env.incoming, undoResolveSchema));
    return context.json({});
  });
  return routes;
}
