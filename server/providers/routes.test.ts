import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProvidersView } from "../../shared/providers.ts";
import { problemFrom, problemResponse } from "../platform/http/problem-response.ts";
import { createRig, type Rig } from "./providers-rig.ts";
import { providerRoutes } from "./routes.ts";

let rig: Rig;
let server: ReturnType<typeof createAdaptorServer>;
let address: string;

beforeEach(async () => {
  rig = await createRig();
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/api/providers", providerRoutes({ providers: await rig.start() }));
  app.onError((error) => problemResponse(problemFrom(error)));
  server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/providers`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rig.close();
});

const send = (method: string, path: string, body: unknown = {}) =>
  fetch(`${address}${path}`, {
    method,
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify(body),
  });

describe("the routes of the providers", () => {
  it("show the providers, also after another look", async () => {
    const view = (await (await fetch(address, { headers: { connection: "close" } })).json()) as ProvidersView;
    expect(view.providers.map((provider) => provider.kind)).toEqual(["guide"]);
    const looked = await send("POST", "/probe");
    expect([looked.status, ((await looked.json()) as ProvidersView).probe.ports]).toEqual([200, 0]);
  });

  it("take a choice and refuse what is not there", async () => {
    expect((await send("PUT", "/chosen", { providerId: "guide", model: "guide" })).status).toBe(204);
    expect((await send("PUT", "/chosen", { providerId: "nobody", model: "guide" })).status).toBe(404);
    expect((await send("DELETE", "/nobody")).status).toBe(404);
    expect((await send("DELETE", "/guide")).status).toBe(409);
  });

  it.each([
    ["POST", "", { baseUrl: "http://127.0.0.1:9", id: "mine" }],
    ["POST", "", { baseUrl: ["http://127.0.0.1:9"] }],
    ["POST", "", {}],
    ["POST", "/probe", { ports: [22] }],
    ["PUT", "/chosen", { providerId: "guide" }],
    ["PUT", "/chosen", null],
  ])("refuse %s %s with %j", async (method, path, body) => {
    const response = await send(method, path, body);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, "bad-request"]);
  });

  it("say what is wrong with a server and that nothing is saved", async () => {
    const response = await send("POST", "", { baseUrl: "http://127.0.0.1:1", key: "sk-canary-0123456789" });
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).toContain("Nothing is saved.");
    expect(text).not.toContain("canary");
  });
});
