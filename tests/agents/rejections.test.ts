import { afterEach, beforeEach, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView, ProjectView } from "../../shared/agents.ts";
import { until } from "../program/until.ts";
import { answerOf, model, prd } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const answer = answerOf(prd, ".codex/PRD.md", "Wrote it.");

it("gives the reason of a rejection to the agent that is asked again, and shows it on the project's step", async () => {
  studio.answers.push(answer, answer);
  const project = { id: newUlid(), name: "Parcel", answers: [], ...model };
  const view = async () => (await studio.ask<ProjectView>("GET", `/agents/projects/${project.id}`)).body;
  const waits = (): Promise<string> =>
    until("the first step waits", async () => {
      const [step] = (await view()).steps;
      return step?.status === "waiting" ? step.runId : undefined;
    });
  await studio.ask("POST", "/agents/projects", project);
  const first = await waits();
  const reason = "Too thin, name the storage.";
  const rejected = await studio.ask<AgentRunView>("POST", `/agents/runs/${first}/reject`, { reason });
  expect(rejected).toMatchObject({ status: 200, body: { rejection: reason } });
  await until("the end", async () => ((await view()).isOver ? true : undefined));
  expect((await view()).steps[0]).toMatchObject({ status: "rejected", rejection: reason });
  await studio.ask("POST", `/agents/runs/${first}/again`, { id: newUlid() });
  const second = await waits();
  expect((await studio.view(second)).goal).toContain(reason);
  expect(JSON.stringify(studio.requests[0]?.messages)).not.toContain(reason);
  expect(JSON.stringify(studio.requests[1]?.messages)).toContain(reason);
  expect((await view()).steps[0]).not.toHaveProperty("rejection");
});

it("says in the log that a person changed the text before it was accepted", async () => {
  studio.answers.push(answer);
  const run = await studio.start("doc_writer", "Plan Parcel.");
  const text = `${run.change?.after ?? ""}\nMine.\n`;
  await studio.ask("POST", `/agents/runs/${run.id}/accept`, { base: null, text });
  expect((await studio.log()).map((entry) => entry["summary"])).toEqual([
    "Wrote it. (Changed by a person before it was accepted.)",
  ]);
});
