import { expect, it } from "vitest";
import { goalLine } from "./goal-line.ts";

it("says first what differs between the steps of a project", () => {
  expect(goalLine("Project: Recipe Box\n\nWrite the PRD.\n\n- Who?\n  Cooks")).toBe("Write the PRD. (Recipe Box)");
});

it("is the first line of any other goal", () => {
  expect(goalLine("\nName its sources.\nAll of them.")).toBe("Name its sources.");
  expect(goalLine("Project: alone")).toBe("Project: alone");
});
