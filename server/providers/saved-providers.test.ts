import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSecret } from "../platform/secret.ts";
import { createVault, type Vault } from "../platform/vault.ts";
import { savedProviders, savedProviderText } from "./saved-providers.ts";

let root: string;
let vault: Vault;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "folio-saved-"));
  vault = createVault({ keyFile: join(root, "key"), folder: join(root, "providers") });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const connection = {
  baseUrl: "https://tidewater.example/v1",
  api: "chat-completions",
  key: createSecret("sk-canary-0123456789abcd"),
} as const;

describe("a saved provider", () => {
  it("comes back with its key", async () => {
    await vault.put("one", savedProviderText("Tidewater", connection));
    const [provider] = await savedProviders(vault);
    expect(provider).toMatchObject({ id: "one", name: "Tidewater", source: "saved" });
    expect(provider?.connection?.baseUrl).toBe(connection.baseUrl);
    expect(provider?.connection?.key?.reveal()).toBe(connection.key.reveal());
  });

  it("loses its key when its address is no longer of the origin that the key was saved for", async () => {
    const moved = JSON.parse(savedProviderText("Tidewater", connection));
    for (const baseUrl of [
      "https://other.example/v1",
      "http://tidewater.example/v1",
      "https://tidewater.example:444",
    ]) {
      await vault.put("one", JSON.stringify({ ...moved, baseUrl }));
      const [provider] = await savedProviders(vault);
      expect(provider?.connection?.baseUrl).toBe(baseUrl);
      expect(provider?.connection?.key).toBeUndefined();
    }
  });

  it.each(["{}", "no json", '{"name":"x","baseUrl":"file:///etc/passwd","api":"responses"}'])(
    "says what to do when its text is %j",
    async (text) => {
      await vault.put("one", text);
      const [provider] = await savedProviders(vault);
      expect(provider?.connection).toBeUndefined();
      expect(provider?.problem).toContain("add it again");
    },
  );
});
