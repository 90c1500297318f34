import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import type { Egress } from "../platform/egress.ts";
import { readJson } from "../platform/http/read-json.ts";
import { fetchImage } from "./fetch-image.ts";

const imageSchema = z.strictObject({ url: z.string().min(1).max(4000) });

/** `POST /api/images`: a POST, so that no text on a page can make a browser ask for it. */
export function imageRoutes({ egress }: { readonly egress: Egress }): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post("/images", async (context) => {
    const { url } = await readJson(context.env.incoming, imageSchema);
    const { bytes, type } = await fetchImage(egress, url, context.req.raw.signal);
    return context.body(new Uint8Array(bytes), 200, { "content-type": type, "content-disposition": "inline" });
  });
}
