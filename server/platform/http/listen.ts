import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { Environment } from "./web-app.ts";

/** How many ports above the default one are tried when it is taken. */
const portsTried = 20;

/**
 * Listens and answers with the port. `isFixed` keeps to the port that was asked for.
 * @throws the system's error, `EADDRINUSE` among others
 */
export async function listen(
  app: Hono<Environment>,
  place: { readonly host: string; readonly port: number; readonly isFixed: boolean },
): Promise<{ readonly port: number; readonly server: Server }> {
  const last = place.isFixed ? place.port : place.port + portsTried;
  for (let port = place.port; ; port += 1) {
    const server = createAdaptorServer({
      fetch: app.fetch,
      serverOptions: {
        requestTimeout: 60_000,
        headersTimeout: 20_000,
        keepAliveTimeout: 30_000,
        maxHeaderSize: 32 * 1024,
      },
    }) as Server;
    server.prependListener("request", (request) => {
      request.url = withoutSessionPath(request.url ?? "/");
    });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, place.host, () => resolve());
      });
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isTaken || port >= last) throw error;
      continue;
    }
    const address = server.address();
    return { port: typeof address === "object" && address !== null ? address.port : port, server };
  }
}

/** A session's cookie is sent to `/s/<word>/…` only (session.ts); what is asked for stands behind that. */
function withoutSessionPath(url: string): string {
  return url.replace(/^\/s\/[\w-]{24}(?=\/api\/)/, "");
}
