import { describe, expect, it } from "vitest";
import type { ModelPart, ModelRequest } from "./language-model.ts";
import { type ScriptedBatch, scriptedModel, scriptText, type Wait } from "./scripted-model.ts";

const request: ModelRequest = { model: "script", messages: [{ role: "user", text: "Hello" }] };
const text = (words: string): ScriptedBatch => ({ parts: [{ type: "text", text: words }] });

async function play(model: ReturnType<typeof scriptedModel>, signal = new AbortController().signal) {
  const parts: ModelPart[] = [];
  for await (const batch of model.stream(request, signal)) parts.push(...batch);
  return parts;
}

describe("the scripted model", () => {
  it("plays the same parts for every request and finishes", async () => {
    const model = scriptedModel([text("One "), text("two")]);
    const expected = [
      { type: "text", text: "One " },
      { type: "text", text: "two" },
      { type: "finish", reason: "stop" },
    ];
    expect(await play(model)).toEqual(expected);
    expect(await play(model)).toEqual(expected);
  });

  it("makes the script from the request", async () => {
    const model = scriptedModel((asked) => [text(`You said ${asked.messages[0]?.text}`)]);
    expect(await play(model)).toContainEqual({ type: "text", text: "You said Hello" });
  });

  it("ends where the script finishes or fails and adds nothing", async () => {
    const failure = { type: "failure", failure: { code: "cut", title: "Closed." } } as const;
    expect(await play(scriptedModel([text("a"), { parts: [failure] }, text("b")]))).toEqual([
      { type: "text", text: "a" },
      failure,
    ]);
    const finish = { type: "finish", reason: "length" } as const;
    expect(await play(scriptedModel([{ parts: [finish] }]))).toEqual([finish]);
  });

  it("waits as the script says, between the batches", async () => {
    const waits: number[] = [];
    const wait: Wait = async (milliseconds) => void waits.push(milliseconds);
    await play(scriptedModel([text("a"), { afterMs: 250, ...text("b") }, { afterMs: 40, ...text("c") }], wait));
    expect(waits).toEqual([250, 40]);
  });

  it("just ends when it is stopped, also in the middle of an endless wait", async () => {
    const controller = new AbortController();
    const model = scriptedModel([text("a"), { afterMs: Number.POSITIVE_INFINITY, ...text("never") }]);
    const parts: ModelPart[] = [];
    for await (const batch of model.stream(request, controller.signal)) {
      parts.push(...batch);
      setImmediate(() => controller.abort());
    }
    expect(parts).toEqual([{ type: "text", text: "a" }]);
    expect(await play(model, AbortSignal.abort())).toEqual([]);
  });

  it("turns a script that throws into a failure", async () => {
    const model = scriptedModel(() => {
      throw new Error("No such page.");
    });
    expect(await play(model)).toEqual([{ type: "failure", failure: { code: "unavailable", title: "No such page." } }]);
  });
});

describe("a scripted text", () => {
  it("is cut into words that make the same text again", () => {
    const whole = "# One\n\n  two three\n\n```js\nfour();\n```\n";
    const parts = scriptText(whole, 50).flatMap((batch) => batch.parts);
    expect(parts.map((part) => (part.type === "text" ? part.text : "")).join("")).toBe(whole);
    expect(parts.length).toBeGreaterThan(4);
  });

  it("takes one second for as many words as it is told", () => {
    const batches = scriptText("a ".repeat(61), 60);
    expect(batches.reduce((sum, batch) => sum + (batch.afterMs ?? 0), 0)).toBeCloseTo(1000, 3);
  });
});
