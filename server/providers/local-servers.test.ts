import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRig, type ModelServer, type Rig, startModelServer } from "./providers-rig.ts";

const servers: ModelServer[] = [];
let rig: Rig;

async function serve(models: Parameters<typeof startModelServer>[0]): Promise<ModelServer> {
  const server = await startModelServer(models);
  servers.push(server);
  return server;
}

const json = (value: unknown) =>
  serve((response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(value));
  });

beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await Promise.all([rig.close(), ...servers.splice(0).map((server) => server.close())]);
});

describe("the look for local servers", () => {
  it("finds at the start what answers with models, and says how many ports were looked at", async () => {
    const [first, second] = [await serve(["qwen3-32b", "gemma3-12b"]), await serve(["other"])];
    const providers = await rig.start({ localServers: [first.hostPort, "127.0.0.1:1", second.hostPort] });
    const view = await providers.view();
    expect(view.providers.map(({ source, baseUrl, models }) => ({ source, baseUrl, models })).slice(0, 2)).toEqual([
      { source: "found", baseUrl: first.baseUrl, models: ["gemma3-12b", "qwen3-32b"] },
      { source: "found", baseUrl: second.baseUrl, models: ["other"] },
    ]);
    expect(view.probe.ports).toBe(3);
    expect(view.probe.ms).toBeGreaterThanOrEqual(0);
    expect(new Date(view.probe.at).getTime()).toBeGreaterThan(0);
    expect(first.requests).toEqual(["GET /v1/models no key"]);
  });

  it("knows llama.cpp by its answer, on any port", async () => {
    const server = await json({ object: "list", data: [{ id: "smollm2", owned_by: "llamacpp" }] });
    const view = await (await rig.start({ localServers: [server.hostPort] })).view();
    expect(view.providers[0]?.name).toBe("llama.cpp");
  });

  it("shows a server that runs without a model", async () => {
    const server = await json({ object: "list", data: null });
    const view = await (await rig.start({ localServers: [server.hostPort] })).view();
    expect(view.providers[0]).toMatchObject({ source: "found", models: [] });
    expect(view.providers[0]?.problem).toBeUndefined();
  });

  it.each([
    ["a web page", "<h1>Hello</h1>"],
    ["other JSON", '{"status":"ok"}'],
    ["models without names", '{"data":[{"id":7}]}'],
    ["an answer without an end", undefined],
    ["an answer that is too large", `{"data":[{"id":"${"x".repeat(1_100_000)}"}]}`],
  ])("does not take %s for a model server", async (_, text) => {
    const server = await serve((response) => {
      response.setHeader("content-type", "application/json");
      if (text === undefined) return void response.write("{");
      response.end(text);
    });
    const view = await (await rig.start({ localServers: [server.hostPort] })).view();
    expect(view.providers.map((provider) => provider.id)).toEqual(["guide"]);
  });

  it("follows no redirect to an address that is not on its list", async () => {
    const hidden = await serve(["hidden"]);
    const server = await serve(
      (response) => void response.writeHead(302, { location: `${hidden.baseUrl}/models` }).end(),
    );
    await (await rig.start({ localServers: [server.hostPort] })).view();
    expect(hidden.requests).toEqual([]);
  });

  it("looks again when asked, and tells the page", async () => {
    const state: { models?: string[] } = {};
    const server = await serve((response) => {
      const { models } = state;
      if (models === undefined) return void response.writeHead(503).end();
      response
        .setHeader("content-type", "application/json")
        .end(JSON.stringify({ data: models.map((id) => ({ id })) }));
    });
    const providers = await rig.start({ localServers: [server.hostPort] });
    expect((await providers.view()).providers).toHaveLength(1);
    const changes = rig.changes();
    state.models = ["late"];
    expect((await providers.probe()).providers[0]?.models).toEqual(["late"]);
    expect(rig.changes()).toBeGreaterThan(changes);
  });

  it("keeps the chosen server in the list while it is not running, and can still try it", async () => {
    const server = await startModelServer(["tide-1"]);
    const addresses = { localServers: [server.hostPort] };
    const providers = await rig.start(addresses);
    const [found] = (await providers.view()).providers;
    await providers.choose({ providerId: found?.id ?? "", model: "tide-1" });
    await server.close();
    const later = await rig.start(addresses);
    const view = await later.view();
    expect(view.chosen?.providerId).toBe(found?.id);
    expect(view.providers[0]).toMatchObject({ id: found?.id, models: [] });
    expect(view.providers[0]?.problem).toContain(server.hostPort);
    expect(later.modelFor(found?.id ?? "", "tide-1")).toBeDefined();
  });

  it("shows a server once that was saved too", async () => {
    const server = await serve(["tide-1"]);
    const providers = await rig.start({ localServers: [server.hostPort] });
    await providers.add({ baseUrl: server.baseUrl.replace("127.0.0.1", "localhost"), name: "Mine" });
    expect((await providers.view()).providers.map((provider) => provider.name)).toEqual(["Mine", "Guide"]);
  });
});
