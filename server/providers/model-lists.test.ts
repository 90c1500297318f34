import { describe, expect, it } from "vitest";
import type { ListedModels } from "../platform/models/openai/list-models.ts";
import { createModelLists } from "./model-lists.ts";
import type { OpenAiProvider } from "./provider.ts";

const provider: OpenAiProvider = {
  kind: "openai",
  id: "one",
  name: "One",
  source: "saved",
  connection: { baseUrl: "http://tidewater.example/v1", api: "chat-completions" },
};

/** Lists whose clock and server are in the test's hands. */
function rig({ waitMs = 20 } = {}) {
  const waiting: ((listed: ListedModels) => void)[] = [];
  const state = { now: 0, late: 0, asked: 0 };
  const lists = createModelLists({
    listModels: () => {
      state.asked += 1;
      return new Promise((resolve) => waiting.push(resolve));
    },
    clock: { now: () => new Date(0), monotonic: () => state.now },
    onLate: () => {
      state.late += 1;
    },
    waitMs,
  });
  return { lists, state, answer: (listed: ListedModels) => waiting.shift()?.(listed) };
}

describe("the lists of models", () => {
  it("are asked for once by all who want them at the same time, and kept for a minute", async () => {
    const { lists, state, answer } = rig({ waitMs: 5_000 });
    const both = [lists.of(provider), lists.of(provider)];
    answer({ models: ["a"] });
    expect(await Promise.all(both)).toEqual([{ models: ["a"] }, { models: ["a"] }]);
    state.now = 59_000;
    await lists.of(provider);
    expect(state.asked).toBe(1);
    state.now = 61_000;
    const again = lists.of(provider);
    answer({ models: ["b"] });
    expect(await again).toEqual({ models: ["b"] });
  });

  it("do not wait for a slow server, and tell when it answers after all", async () => {
    const { lists, state, answer } = rig();
    const early = await lists.of(provider);
    expect(early.models).toEqual([]);
    expect(early.problem).toContain("tidewater.example has not answered");
    answer({ models: ["slow"] });
    await expect.poll(() => state.late).toBe(1);
    expect(await lists.of(provider)).toEqual({ models: ["slow"] });
    expect(state.asked).toBe(1);
  });

  it("ask again soon after a failure", async () => {
    const { lists, state, answer } = rig({ waitMs: 5_000 });
    const failed = lists.of(provider);
    answer({ failure: { code: "unreachable", title: "Nothing is listening at tidewater.example." } });
    expect(await failed).toEqual({ models: [], problem: "Nothing is listening at tidewater.example." });
    state.now = 6_000;
    const again = lists.of(provider);
    answer({ models: ["a"] });
    expect(await again).toEqual({ models: ["a"] });
  });

  it("are asked for again when the source changed or a person asks", async () => {
    const { lists, state, answer } = rig({ waitMs: 5_000 });
    lists.put(provider, ["known"]);
    expect(await lists.of(provider)).toEqual({ models: ["known"] });
    const changed = lists.of({ ...provider, version: "2" });
    answer({ models: ["changed"] });
    expect(await changed).toEqual({ models: ["changed"] });
    lists.forgetAll();
    const asked = lists.of(provider);
    answer({ models: ["new"] });
    expect(await asked).toEqual({ models: ["new"] });
    expect(state.asked).toBe(2);
  });

  it("are empty for who cannot be asked", async () => {
    const { lists, state } = rig();
    const { connection: _, ...closed } = provider;
    expect(await lists.of(closed)).toEqual({ models: [] });
    expect(await lists.of({ ...provider, problem: "Ask first." })).toEqual({ models: [] });
    expect(state.asked).toBe(0);
  });
});
