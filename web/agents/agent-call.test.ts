import { expect, it } from "vitest";
import type { MessageView, PartView } from "../../shared/chat.ts";
import { againOfRun, namedCall } from "./agent-call.ts";

it("reads a name and a goal at the beginning of a text", () => {
  expect(namedCall("@doc_writer Make a PRD")).toEqual({ name: "doc_writer", goal: "Make a PRD" });
  expect(namedCall(" @planner\nfirst\nsecond ")).toEqual({ name: "planner", goal: "first\nsecond" });
  expect(namedCall("@planner")).toEqual({ name: "planner", goal: "" });
});

it("takes an address or a name in the middle for text", () => {
  expect(namedCall("write to a@b.example")).toBeUndefined();
  expect(namedCall("@ planner do it")).toBeUndefined();
  expect(namedCall("Ask @planner")).toBeUndefined();
});

const answer = (...parts: PartView[]): MessageView => {
  return { id: "a1", parent: "q1", role: "assistant", label: "Assistant", status: "complete", parts };
};
const run = (status: string, id = "01JZ2Y7M3W8Q4K6T9V5X1C0B2D"): PartView => {
  return { id, type: "run", text: "", attributes: { name: "planner", run: id, status } };
};
const choice = () => ({ providerId: "p", model: "m" });

it("asks an answer anew that shows runs, but for those at work and those without an id", () => {
  expect(againOfRun(answer({ id: "t", type: "text", text: "Words" }), "c", choice)).toBeUndefined();
  expect(againOfRun(answer(run("written"), run("waiting")), "c", choice)?.ask).toBeTypeOf("function");
  expect(againOfRun(answer(run("written"), run("running")), "c", choice)).toEqual({});
  expect(againOfRun(answer({ id: "r", type: "run", text: "", attributes: {} }), "c", choice)).toEqual({});
});
