import { describe, expect, it } from "vitest";
import type { ProvidersView } from "../../shared/providers.ts";
import { resolveModel } from "./resolve-model.ts";

const provider = (id: string, ...models: string[]) => ({
  id,
  name: id,
  kind: "openai" as const,
  source: "saved" as const,
  models,
});
const view: ProvidersView = {
  providers: [provider("one", "small", "large"), provider("two", "large")],
  chosen: { providerId: "two", model: "large" },
  probe: { ports: 0, ms: 0, at: "2026-01-01T00:00:00Z" },
};

describe("resolveModel", () => {
  it("prefers what was picked for the conversation, while its provider is there", () => {
    const picked = { providerId: "one", model: "typed by hand" };
    expect(resolveModel({ view, picked, lastModel: "large" })).toBe(picked);
    expect(resolveModel({ view, picked: { providerId: "gone", model: "x" }, lastModel: undefined })).toBe(view.chosen);
  });

  it("goes on with the model of the last answer, from the chosen provider where it has it", () => {
    expect(resolveModel({ view, picked: undefined, lastModel: "small" })).toEqual({
      providerId: "one",
      model: "small",
    });
    expect(resolveModel({ view, picked: undefined, lastModel: "large" })).toEqual({
      providerId: "two",
      model: "large",
    });
  });

  it("falls back to what new conversations use", () => {
    expect(resolveModel({ view, picked: undefined, lastModel: "nobody has it" })).toBe(view.chosen);
    expect(resolveModel({ view: { ...view, chosen: undefined! }, picked: undefined, lastModel: undefined })).toBe(
      undefined,
    );
  });
});
