import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import type { ModelMessage, ModelPart } from "../../server/platform/models/language-model.ts";
import type { LocalModel } from "../../server/platform/models/local/local-model.ts";
import { runtimeEntry } from "../../server/platform/models/local/local-model-files.ts";
import { openLocalModel } from "../../server/platform/models/local/open-local-model.ts";

const folder = readConfig({}, join(import.meta.dirname, "../..")).localModelDirectory;
const isInstalled = existsSync(join(folder, runtimeEntry));

describe.skipIf(!isInstalled)("a real model (skipped where `npm run local-model` has not installed it)", () => {
  let local: LocalModel | undefined;
  afterAll(() => local?.close());

  async function ask(messages: readonly ModelMessage[], controller = new AbortController(), maxOutputTokens = 24) {
    local ??= await openLocalModel(folder);
    const name = local?.names.find((each) => each.startsWith("SmolLM2-135M-Instruct")) ?? "";
    const batches: (readonly ModelPart[])[] = [];
    const parameters = { temperature: 0, maxOutputTokens };
    for await (const batch of local?.model.stream({ model: name, messages, parameters }, controller.signal) ?? []) {
      batches.push(batch);
      if (batches.length === 3 && maxOutputTokens > 1000) controller.abort();
    }
    const parts = batches.flat();
    return { batches, parts, text: parts.map((part) => (part.type === "text" ? part.text : "")).join("") };
  }

  const question = "Write one sentence about the sea.";

  it("streams an answer in pieces, with its usage, and the same one for the same question", async () => {
    const messages = [{ role: "user", text: question } as const];
    const { batches, parts, text } = await ask(messages);
    expect(text).toMatch(/[a-z]{2,} [a-z]{2,}/i);
    expect(batches.length).toBeGreaterThan(3);
    const [usage, finish] = parts.slice(-2);
    expect(usage).toMatchObject({ type: "usage", inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
    expect(finish?.type).toBe("finish");
    expect((await ask(messages)).text).toBe(text);
  });

  it("reads the conversation through the model's own template", async () => {
    const { text } = await ask([
      { role: "system", text: "You repeat the word that you are told and say nothing else." },
      { role: "user", text: "apple" },
      { role: "assistant", text: "apple" },
      { role: "user", text: "river" },
      { role: "assistant", text: "river" },
      { role: "user", text: "stone" },
    ]);
    expect(text.toLowerCase()).toContain("stone");
    expect(text).not.toContain("<|im_");
  });

  it("stops when it is told, and answers the next request", async () => {
    const stopped = await ask([{ role: "user", text: "Tell a very long story." }], new AbortController(), 4000);
    expect(stopped.parts.at(-1)?.type).toBe("text");
    expect((await ask([{ role: "user", text: question }])).parts.at(-1)?.type).toBe("finish");
  });
});
