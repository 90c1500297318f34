import { expect, it } from "vitest";
import { mentionAt, mentionsFor } from "./mention-at.ts";

it("finds the name that is typed at the beginning, and only there", () => {
  expect(mentionAt("@", 1)).toBe("");
  expect(mentionAt("@doc", 4)).toBe("doc");
  expect(mentionAt("  @doc write", 6)).toBe("doc");
  expect(mentionAt("@doc write", 10)).toBeUndefined();
  expect(mentionAt("@doc", 0)).toBeUndefined();
  expect(mentionAt("mail a@b.c", 10)).toBeUndefined();
  expect(mentionAt("", 0)).toBeUndefined();
});

it("offers names that begin so before names that hold it, and none once the name is whole", () => {
  const mentions = ["planner", "doc_writer", "plan"].map((key) => ({ key, about: "" }));
  const keys = (typed: string): readonly string[] => mentionsFor(mentions, typed).map(({ key }) => key);
  expect(keys("")).toEqual(["planner", "doc_writer", "plan"]);
  expect(keys("W")).toEqual(["doc_writer"]);
  expect(keys("er")).toEqual(["planner", "doc_writer"]);
  expect(keys("d")).toEqual(["doc_writer"]);
  expect(keys("doc_writer")).toEqual([]);
});
