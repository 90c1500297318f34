import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Providers } from "./providers.ts";
import { createRig, type ModelServer, type Rig, startModelServer } from "./providers-rig.ts";

const key = "sk-canary-0123456789abcd";
const servers: ModelServer[] = [];
let rig: Rig;

async function serve(models: Parameters<typeof startModelServer>[0]): Promise<ModelServer> {
  const server = await startModelServer(models);
  servers.push(server);
  return server;
}

beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await Promise.all([rig.close(), ...servers.splice(0).map((server) => server.close())]);
});

const views = async (providers: Providers) => (await providers.view()).providers;
const closed = async () => {
  const server = await startModelServer([]);
  await server.close();
  return server;
};

describe("the sources", () => {
  it("are listed in order, and the guide is always the last", async () => {
    const server = await serve(["tide-1"]);
    const model = { names: ["small"], model: { stream: async function* () {} } };
    await rig.write(".streamlit/secrets.toml", `OPENAI_API_KEY = "${key}"\nOPENAI_BASE_URL = "${server.baseUrl}/a"`);
    const providers = await rig.start({
      sources: [
        { where: "environment", apiKey: key, baseUrl: server.baseUrl },
        { where: ".env", apiKey: undefined, baseUrl: `${server.baseUrl}/b` },
      ],
      localModel: model,
    });
    await providers.add({ baseUrl: server.baseUrl, name: "Mine" });
    expect((await views(providers)).map(({ source, name }) => `${source} ${name}`)).toEqual([
      `environment ${server.hostPort}`,
      `environment ${server.hostPort}`,
      `secrets-file ${server.hostPort}`,
      "saved Mine",
      "built-in Local model",
      "built-in Guide",
    ]);
  });

  it("name OpenAI when only a key is given", async () => {
    const providers = await rig.start({ sources: [{ where: "environment", apiKey: key, baseUrl: undefined }] });
    expect(providers.modelFor("environment", "any")?.name).toBe("OpenAI");
  });

  it("keep each key with the base URL of its own place", async () => {
    const server = await serve(["tide-1"]);
    const providers = await rig.start({
      sources: [
        { where: "environment", apiKey: key, baseUrl: "http://127.0.0.1:1/v1" },
        { where: ".env", apiKey: undefined, baseUrl: server.baseUrl },
      ],
    });
    await views(providers);
    expect(server.requests).toEqual(["GET /v1/models no key"]);
  });

  it("say which setting is wrong", async () => {
    const providers = await rig.start({ sources: [{ where: ".env", apiKey: key, baseUrl: "ftp://tidewater" }] });
    const [view] = await views(providers);
    expect(view?.problem).toBe(
      "OPENAI_BASE_URL in .env is not a web address. It looks like https://api.openai.com/v1.",
    );
    expect(providers.modelFor("env-file", "any")).toBeUndefined();
  });
});

describe("the workspace's secrets file", () => {
  it.each([
    ["is broken", 'OPENAI_API_KEY = "x\nnext', /cannot be read: line 1 is not TOML/],
    ["is too large", `# ${"x".repeat(70_000)}`, /larger than 64 kB/],
  ])("that %s is shown with its problem, without its text", async (_, text, problem) => {
    await rig.write(".streamlit/secrets.toml", text);
    const [view] = await views(await rig.start());
    expect(view).toMatchObject({ id: "secrets-file", source: "secrets-file", models: [] });
    expect(view?.problem).toMatch(problem);
  });

  it("is read again when it changed", async () => {
    const providers = await rig.start();
    expect(await views(providers)).toHaveLength(1);
    await rig.write(".streamlit/secrets.toml", `OPENAI_API_KEY = "${key}"\nOPENAI_BASE_URL = "http://127.0.0.1:9"`);
    expect((await views(providers))[0]).toMatchObject({ source: "secrets-file", keyEnding: "abcd" });
  });

  it("names no server that is contacted before a person asks for it, and then the choice is remembered", async () => {
    const server = await serve(["tide-1"]);
    await rig.write(".streamlit/secrets.toml", `OPENAI_API_KEY = "${key}"\nOPENAI_BASE_URL = "${server.baseUrl}"`);
    const providers = await rig.start();
    const [view] = await views(providers);
    expect(view?.problem).toContain("has not contacted");
    expect(server.requests).toEqual([]);
    const [looked] = (await providers.probe()).providers;
    expect(looked).toMatchObject({ models: ["tide-1"] });
    expect(looked?.problem).toBeUndefined();
    await providers.choose({ providerId: looked?.id ?? "", model: "tide-1" });
    expect((await views(await rig.start()))[0]?.models).toEqual(["tide-1"]);
  });

  it("without a key is no provider", async () => {
    await rig.write(".streamlit/secrets.toml", 'OPENAI_BASE_URL = "http://127.0.0.1:9"');
    expect(await views(await rig.start())).toHaveLength(1);
  });
});

describe("adding a provider", () => {
  it("tests it, saves it encrypted outside the workspace, and shows the key's last four characters", async () => {
    const server = await serve(["tide-2", "tide-1"]);
    const view = await (await rig.start()).add({ baseUrl: server.baseUrl, key, name: "Tidewater" });
    expect(view).toMatchObject({ name: "Tidewater", source: "saved", keyEnding: "abcd", models: ["tide-1", "tide-2"] });
    expect(server.requests).toEqual([`GET /v1/models Bearer ${key}`]);
    const files = await readdir(rig.root, { recursive: true, withFileTypes: true });
    const texts = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)));
    expect(Buffer.concat(await Promise.all(texts)).includes("canary")).toBe(false);
    expect(files.some((file) => file.parentPath.includes("workspace"))).toBe(false);
    const after = await views(await rig.start());
    expect(after[0]).toMatchObject({ id: view.id, keyEnding: "abcd", models: ["tide-1", "tide-2"] });
    expect(JSON.stringify(after)).not.toContain("canary");
  });

  it("shows nothing of a short key", async () => {
    const server = await serve(["tide-1"]);
    const view = await (await rig.start()).add({ baseUrl: server.baseUrl, key: "short-key-1" });
    expect(view.keyEnding).toBeUndefined();
  });

  it("saves nothing when the key is refused, and says so", async () => {
    const server = await serve((response) => {
      response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"bad key"}}');
    });
    const providers = await rig.start();
    await expect(providers.add({ baseUrl: server.baseUrl, key })).rejects.toMatchObject({
      code: "upstream",
      status: 422,
      message: "The key was refused (401). It is not saved.",
    });
    expect(await views(providers)).toHaveLength(1);
    expect(await readdir(rig.root)).toEqual([]);
  });

  it.each([
    ["an address that is none", "not an address", "bad-request"],
    ["a scheme that is not the web's", "file:///etc/passwd", "bad-request"],
  ])("refuses %s", async (_, baseUrl, code) => {
    await expect((await rig.start()).add({ baseUrl })).rejects.toMatchObject({ code });
  });

  it.each(["sk-a\nb", "sk-—x", "sk a", "ключ"])("says of the key %j that it is none, and asks nobody", async (odd) => {
    const { baseUrl } = await closed();
    const refused = (await rig.start()).add({ baseUrl, key: odd });
    await expect(refused).rejects.toMatchObject({
      code: "bad-request",
      message: expect.stringContaining("The key holds"),
    });
  });

  it("saves nothing when nobody answers or the answer is no list", async () => {
    const providers = await rig.start();
    const { baseUrl } = await closed();
    await expect(providers.add({ baseUrl, key })).rejects.toMatchObject({ code: "upstream", status: 422 });
    const page = await serve((response) => response.setHeader("content-type", "text/html").end("<h1>Router</h1>"));
    await expect(providers.add({ baseUrl: page.baseUrl, key })).rejects.toMatchObject({ code: "upstream" });
    expect(await views(providers)).toHaveLength(1);
  });

  it("never uses a key that was saved before with what is sent now", async () => {
    const [first, second] = [await serve(["tide-1"]), await serve(["tide-2"])];
    const providers = await rig.start();
    await providers.add({ baseUrl: first.baseUrl, key, name: "Tidewater" });
    await providers.add({ baseUrl: second.baseUrl, name: "Tidewater" });
    await providers.add({ baseUrl: first.baseUrl, name: "Tidewater" });
    expect(second.requests).toEqual(["GET /v1/models no key"]);
    expect(first.requests).toEqual([`GET /v1/models Bearer ${key}`, "GET /v1/models no key"]);
    expect((await views(providers)).map((view) => [view.name, view.keyEnding])).toEqual(
      expect.arrayContaining([
        ["Tidewater", undefined],
        ["Tidewater", undefined],
        ["Guide", undefined],
      ]),
    );
  });

  it("keeps an entry aside that cannot be decrypted, and goes on with the others", async () => {
    const server = await serve(["tide-1"]);
    const providers = await rig.start();
    const lost = await providers.add({ baseUrl: server.baseUrl, key, name: "Lost" });
    await providers.add({ baseUrl: server.baseUrl, key, name: "Kept" });
    await writeFile(join(rig.root, "data", "providers", `${lost.id}.vault`), "{}");
    const again = await rig.start();
    const broken = (await views(again)).find((view) => view.id === lost.id);
    expect(broken).toMatchObject({ source: "saved", models: [] });
    expect(broken?.problem).toMatch(/cannot be decrypted\. It is kept as .*unreadable-/);
    expect((await views(again)).some((view) => view.name === "Kept" && view.models.length === 1)).toBe(true);
    await again.remove(lost.id);
    expect((await views(again)).some((view) => view.id === lost.id)).toBe(false);
  });
});

describe("removing and choosing", () => {
  it("removes what was saved and nothing else", async () => {
    const server = await serve(["tide-1"]);
    const providers = await rig.start({
      sources: [{ where: "environment", apiKey: undefined, baseUrl: server.baseUrl }],
    });
    const { id } = await providers.add({ baseUrl: server.baseUrl, name: "Mine" });
    await providers.remove(id);
    await expect(providers.remove(id)).rejects.toMatchObject({ code: "not-found" });
    await expect(providers.remove("environment")).rejects.toMatchObject({ code: "read-only", status: 409 });
    await expect(providers.remove("guide")).rejects.toMatchObject({ code: "read-only" });
    expect((await views(await rig.start())).map((view) => view.id)).toEqual(["guide"]);
  });

  it("remembers the choice of the workspace, and shows none before and none that is gone", async () => {
    const providers = await rig.start();
    expect((await providers.view()).chosen).toBeUndefined();
    await expect(providers.choose({ providerId: "nobody", model: "x" })).rejects.toMatchObject({ code: "not-found" });
    await providers.choose({ providerId: "guide", model: "guide" });
    const changes = rig.changes();
    expect((await (await rig.start()).view()).chosen).toEqual({ providerId: "guide", model: "guide" });
    expect(changes).toBeGreaterThan(0);
    await writeFile(join(rig.root, "data", "settings.json"), '{"chosen":{"providerId":"gone","model":"x"}}');
    expect((await (await rig.start()).view()).chosen).toBeUndefined();
    await writeFile(join(rig.root, "data", "settings.json"), "{broken");
    expect((await (await rig.start()).view()).chosen).toBeUndefined();
  });

  it("gives the model of the guide, which answers, and none of a provider that is not there", async () => {
    const providers = await rig.start();
    expect(providers.modelFor("nobody", "x")).toBeUndefined();
    const guide = providers.modelFor("guide", "guide");
    const request = { model: "guide", messages: [{ role: "user", text: "Hello" } as const] };
    for await (const [part] of guide?.model.stream(request, new AbortController().signal) ?? []) {
      expect(part).toMatchObject({ type: "text" });
      break;
    }
  });
});
