import { expect, it } from "vitest";
import { namedCall } from "./agent-call.ts";

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
