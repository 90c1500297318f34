import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerOf, openStudio, prd, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const target = ".codex/PRD.md";

describe("a run", () => {
  it("waits with a diff, is written as a person accepts it, and is logged by Folio", async () => {
    studio.answers.push(answerOf(prd, target, "Wrote the requirements."));
    const run = await studio.start("doc_writer", "Write the PRD of Parcel.");
    expect(run).toMatchObject({ status: "waiting", target, added: 5, removed: 0 });
    expect(run.change).toMatchObject({ base: null, before: "", after: prd, isStale: false });
    expect(await studio.text(target)).toBeUndefined();
    expect(await studio.log()).toEqual([]);

    const accepted = await studio.ask("POST", `/agents/runs/${run.id}/accept`, { base: null });
    expect(accepted).toMatchObject({ status: 200, body: { status: "written", taskId: "task-001" } });
    expect(await studio.text(target)).toBe(prd);
    expect(await studio.log()).toMatchObject([
      {
        task_id: "task-001",
        agent: "doc_writer",
        summary: "Wrote the requirements.",
        output_files: [target],
        run_id: run.id,
      },
    ]);
  });
});
