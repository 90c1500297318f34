import type { Context } from "hono";
import { Hono } from "hono";
import { repairDocumentSchema, revertDocumentSchema, writeDocumentSchema } from "../../shared/documents.ts";
import { readJson } from "../platform/http/read-json.ts";
import { Problem } from "../platform/problem.ts";
import { type ChangeDependencies, repairDocument, revertDocument, writeText } from "./change-document.ts";
import { documentKind, isSecret } from "./document-names.ts";
import { readText } from "./document-text.ts";
import { type DocumentViewDependencies, documentVersions, documentView } from "./document-view.ts";
import { documentsView } from "./documents-view.ts";
import type { Environment } from "./task-log-port.ts";

export interface DocumentRoutesDependencies extends DocumentViewDependencies, ChangeDependencies {}

/** HTTP in and out of documents; paths are relative to `/api`. */
export function documentRoutes(dependencies: DocumentRoutesDependencies): Hono<Environment> {
  const { versions } = dependencies;
  const routes = new Hono<Environment>();

  routes.get("/documents", async (context) => context.json(await documentsView(dependencies)));
  routes.get("/documents/content", async (context) => context.json(await documentView(dependencies, pathOf(context))));
  routes.put("/documents/content", async (context) =>
    context.json(await writeText(dependencies, await readJson(context.env.incoming, writeDocumentSchema))),
  );
  routes.get("/documents/versions", async (context) => {
    const path = pathOf(context);
    return context.json({ versions: await documentVersions(dependencies, path) });
  });
  routes.get("/documents/version", async (context) => {
    const revision = context.req.query("revision") ?? "";
    const bytes = /^[0-9a-f]{64}$/.test(revision) ? await versions.content(pathOf(context), revision) : undefined;
    if (bytes === undefined) throw new Problem("not-found", 404, "Folio does not hold that version.");
    return context.json({ text: readText(bytes).text });
  });
  routes.post("/documents/revert", async (context) =>
    context.json(await revertDocument(dependencies, await readJson(context.env.incoming, revertDocumentSchema))),
  );
  routes.post("/documents/repair", async (context) =>
    context.json(await repairDocument(dependencies, await readJson(context.env.incoming, repairDocumentSchema))),
  );
  return routes;
}

/** @throws Problem 403 `forbidden` for what is never served, 404 `not-found` for what is no document */
function pathOf(context: Context): string {
  const path = context.req.query("path") ?? "";
  if (isSecret(path))
    throw new Problem("forbidden", 403, "This file holds secrets of Codex CLI. Folio never reads it.");
  if (documentKind(path) === undefined) throw new Problem("not-found", 404, "There is no such document.");
  return path;
}
