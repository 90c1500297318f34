import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { addProviderSchema, chooseModelSchema } from "../../shared/providers.ts";
import { readJson } from "../platform/http/read-json.ts";
import type { Providers } from "./providers.ts";

/** `/api/providers`: see the list, add one (tested first), remove one, choose a model, look for local servers again. */
export function providerRoutes({ providers }: { readonly providers: Providers }): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .get("/", async (context) => context.json(await providers.view()))
    .post("/", async (context) => {
      const asked = await readJson(context.env.incoming, addProviderSchema);
      return context.json(await providers.add(asked), 201);
    })
    .post("/probe", async (context) => {
      await readJson(context.env.incoming, z.strictObject({}));
      return context.json(await providers.probe());
    })
    .put("/chosen", async (context) => {
      await providers.choose(await readJson(context.env.incoming, chooseModelSchema));
      return context.body(null, 204);
    })
    .delete("/:id", async (context) => {
      await providers.remove(context.req.param("id"));
      return context.body(null, 204);
    });
}
