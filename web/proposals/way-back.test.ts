import { expect, it } from "vitest";
import { nextStatuses } from "../../shared/codex-format/proposals/board-status.ts";
import { wayBack } from "./way-back.ts";

it("leads back by moves that a proposal may make, the shortest way", () => {
  expect(wayBack("accepted", "proposed")).toEqual(["proposed"]);
  expect(wayBack("in-progress", "accepted")).toEqual(["accepted"]);
  expect(wayBack("rejected", "in-progress")).toEqual(["proposed", "accepted", "in-progress"]);
  const steps = ["rejected", ...(wayBack("rejected", "in-progress") ?? [])] as const;
  steps.slice(1).forEach((step, at) => {
    expect(nextStatuses(steps[at] as "rejected")).toContain(step);
  });
});

it("finds no way out of done, nor to a status of nobody", () => {
  expect(wayBack("done", "in-progress")).toBeUndefined();
  expect(wayBack("superseded", "done")).toBeUndefined();
  expect(wayBack("accepted", "perhaps")).toBeUndefined();
});
