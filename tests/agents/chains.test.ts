import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunSummary, AgentRunsPage, AgentRunView, ProjectsView, ProjectView } from "../../shared/agents.ts";
import { until } from "../program/until.ts";
import { answerOf, model, prd } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const board = ".codex/PROPOSED-TASKS.md";
const tasks = `# PROPOSED-TASKS.md

Suggested work.

---

## Task: \`pt-7k2m9q\` — Track one parcel

- **Status:** proposed
- **Agent:** \`backend_specialist\`
- **Proposed by:** \`planner\`
- **Date:** 2026-01-02
- **Priority:** medium

### Goal
One parcel can be found by its number.
`;

const accept = async (id: string) => {
  const { change } = await studio.view(id);
  return studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, { base: change?.base ?? null });
};
const runs = async (): Promise<readonly AgentRunSummary[]> =>
  (await studio.ask<AgentRunsPage>("GET", "/agents/runs")).body.runs;
const waitingFor = (agent: string): Promise<AgentRunSummary> =>
  until(`a run of ${agent} that waits`, async () =>
    (await runs()).find((run) => run.agent === agent && run.status === "waiting"),
  );

describe("a chain", () => {
  it("goes on after the accept with the agent that the answer names, and says where it comes from", async () => {
    studio.answers.push(
      answerOf(prd, ".codex/PRD.md", "Wrote it.", "Once complete, invoke planner."),
      answerOf(tasks, board, "Proposed one task.", "Pass control to the `task_logger` agent."),
    );
    const first = await studio.start("doc_writer", "Plan Parcel.");
    expect(first.next).toEqual({ agent: "planner", willRun: true });
    expect(await runs()).toHaveLength(1);
    await accept(first.id);
    const second = await waitingFor("planner");
    expect(second).toMatchObject({ goal: "Plan Parcel.", chain: { id: first.id, step: 2, from: first.id } });
    await accept(second.id);
    expect(await studio.log()).toMatchObject([
      { agent: "doc_writer", run_id: first.id },
      { agent: "planner", run_id: second.id, chained_from: first.id },
    ]);
    expect(await runs()).toHaveLength(2);
  });

  it.each([
    ["itself", "doc_writer", /itself/],
    ["an agent that has run", "planner", /already/],
  ])("stops at %s, with a notice and an entry in the log", async (_, name, words) => {
    studio.answers.push(
      answerOf(tasks, board, "Proposed.", "Once complete, invoke `doc_writer`"),
      answerOf(prd, ".codex/PRD.md", "Wrote it.", `Once complete, invoke \`${name}\``),
    );
    const first = await studio.start("planner", "Plan.");
    await accept(first.id);
    const second = await waitingFor("doc_writer");
    expect((await studio.view(second.id)).next).toMatchObject({ agent: name, willRun: false });
    await accept(second.id);
    const log = await until("the entry of the stop", async () => {
      const entries = await studio.log();
      return entries.length === 3 ? entries : undefined;
    });
    expect(log[2]).toMatchObject({ status: "refused", chained_from: second.id });
    expect(String(log[2]?.["summary"])).toMatch(words);
    expect(await runs()).toHaveLength(2);
  });

  it("does not follow a name that the roster does not have", async () => {
    studio.answers.push(answerOf(prd, ".codex/PRD.md", "Wrote it.", "Once complete, invoke `root_shell`"));
    const run = await studio.start("doc_writer", "Write.");
    await accept(run.id);
    expect(await runs()).toHaveLength(1);
    expect(await studio.log()).toHaveLength(1);
  });

  it("that is not accepted does not go on", async () => {
    studio.answers.push(answerOf(prd, ".codex/PRD.md", "Wrote it.", "Once complete, invoke planner"));
    const run = await studio.start("doc_writer", "Write.");
    await studio.ask("POST", `/agents/runs/${run.id}/reject`, {});
    expect(await runs()).toHaveLength(1);
  });

  it("goes through by itself where rules accept every step", async () => {
    const rules = [
      { agent: "doc_writer", path: ".codex/PRD.md" },
      { agent: "planner", path: board },
    ];
    await studio.settings({ rules });
    studio.answers.push(
      answerOf(prd, ".codex/PRD.md", "Wrote it.", "Once complete, invoke planner"),
      answerOf(tasks, board, "Proposed one task."),
    );
    await studio.start("doc_writer", "Plan Parcel.");
    const log = await until("both entries", async () => {
      const entries = await studio.log();
      return entries.length === 2 ? entries : undefined;
    });
    expect(log.map((entry) => entry["agent"])).toEqual(["doc_writer", "planner"]);
  });
});

describe("a chain of agents that each hand over", () => {
  const written = (index: number) => `.codex/STEP-${index}.md`;
  const records = Array.from({ length: 12 }, (_, index) => {
    const record = `## Agent: \`step_${index}\`\n\n- **Role:** R\n- **Goal:** G\n- **Backstory:** B\n`;
    return `${record}- **Writes:** \`${written(index)}\`\n- **Next:** \`step_${index + 1}\`\n`;
  });

  it("ends after eight of them, and the log says so", async () => {
    await studio.write(".codex/AGENTS.md", `# AGENTS.md\n\n${records.join("\n---\n\n")}`);
    await studio.settings({ rules: records.map((_, index) => ({ agent: `step_${index}`, path: written(index) })) });
    for (const index of records.keys()) {
      studio.answers.push(answerOf(`# Step ${index}\n`, written(index), `Step ${index}.`, ""));
    }
    const first = await studio.start("step_0", "Go.");
    const log = await until("the stop", async () => {
      const entries = await studio.log();
      return entries.some(({ status }) => status === "refused") ? entries : undefined;
    });
    expect(log.at(-1)).toMatchObject({
      status: "refused",
      output_files: [],
      summary: expect.stringMatching(/stopped/),
    });
    const all = await runs();
    expect(all.map(({ chain }) => chain?.id ?? first.id)).toEqual(all.map(() => first.id));
    expect([all.length, log.length]).toEqual([9, 10]);
    expect(await studio.text(written(8))).toBe("# Step 8\n");
    expect(await studio.text(written(9))).toBeUndefined();
  });
});

describe("a project", () => {
  const asked = () => ({
    id: newUlid(),
    name: "Parcel",
    answers: [{ question: "What is it?", answer: "It tells where a parcel is." }],
    ...model,
  });
  const roster = `# AGENTS.md

## Agent: \`planner\`

- **Role:** Planner
- **Goal:** Propose tasks in \`.codex/PROPOSED-TASKS.md\`.
- **Backstory:** Looks ahead.
- **Writes:** \`.codex/PROPOSED-TASKS.md\`
`;
  const steps = [
    answerOf(prd, ".codex/PRD.md", "Wrote the PRD.", "Once complete, invoke planner"),
    answerOf("# Architecture of Parcel\n\nOne process.\n", ".codex/ARCHITECTURE.md", "Wrote the architecture."),
    answerOf(roster, ".codex/AGENTS.md", "Wrote the roster."),
    answerOf(tasks, board, "Proposed one task."),
  ];
  const view = async (id: string) => (await studio.ask<ProjectView>("GET", `/agents/projects/${id}`)).body;
  const stepWaits = (id: string, step: number): Promise<string> =>
    until(`step ${step} waits`, async () => {
      const { steps: shown } = await view(id);
      return shown[step]?.status === "waiting" ? shown[step].runId : undefined;
    });

  it("runs PRD, ARCHITECTURE, AGENTS and PROPOSED-TASKS, with one approval a step", async () => {
    studio.answers.push(...steps);
    const project = asked();
    const { body } = await studio.ask<ProjectView>("POST", "/agents/projects", project);
    expect(body.steps.map(({ target }) => target)).toEqual([
      ".codex/PRD.md",
      ".codex/ARCHITECTURE.md",
      ".codex/AGENTS.md",
      board,
    ]);
    for (let step = 0; step < 4; step += 1) {
      const runId = await stepWaits(project.id, step);
      expect((await accept(runId)).status).toBe(200);
    }
    const over = await until("the end", async () => {
      const now = await view(project.id);
      return now.isOver ? now : undefined;
    });
    expect(over.steps.map(({ status }) => status)).toEqual(["written", "written", "written", "written"]);
    expect((await studio.log()).map((entry) => entry["agent"])).toEqual([
      "doc_writer",
      "doc_writer",
      "doc_writer",
      "planner",
    ]);
    expect(JSON.stringify(studio.requests[1]?.messages)).toContain("Parcel tells where a parcel is.");
    expect(JSON.stringify(studio.requests[0]?.messages)).toContain("It tells where a parcel is.");
  });

  it.each([
    ["lacks the next agent", roster.replace("planner", "designer").replace("PROPOSED-TASKS", "DESIGN")],
    ["names no agent at all", "# AGENTS.md\n\nParcel has no agents.\n"],
    [
      "lets the next agent write what nobody may",
      roster.replaceAll(".codex/PROPOSED-TASKS.md", ".git/hooks/pre-commit"),
    ],
  ])("goes on though the accepted roster %s", async (_, written) => {
    studio.answers.push(
      ...steps.slice(0, 2),
      answerOf(written, ".codex/AGENTS.md", "Wrote the roster."),
      steps[3] ?? "",
    );
    const project = asked();
    await studio.ask("POST", "/agents/projects", project);
    for (let step = 0; step < 4; step += 1) await accept(await stepWaits(project.id, step));
    await until("the end", async () => ((await view(project.id)).isOver ? true : undefined));
    expect(await studio.text(board)).toBe(tasks);
  });

  it("asks a refused step again, and ends when a step is rejected", async () => {
    studio.answers.push("", steps[0] ?? "", steps[1] ?? "");
    const project = asked();
    await studio.ask("POST", "/agents/projects", project);
    const refused = await until("the refusal", async () => {
      const [first] = (await view(project.id)).steps;
      return first?.status === "refused" ? first.runId : undefined;
    });
    const again = await studio.ask("POST", `/agents/runs/${refused}/again`, { id: newUlid(), note: "It was empty." });
    expect(again.status).toBe(202);
    const first = await stepWaits(project.id, 0);
    expect(JSON.stringify(studio.requests[1]?.messages)).toContain("It was empty.");
    await accept(first);
    const second = await stepWaits(project.id, 1);
    await studio.ask("POST", `/agents/runs/${second}/reject`, {});
    await until("the end", async () => ((await view(project.id)).isOver ? true : undefined));
    expect((await view(project.id)).steps.map(({ status }) => status)).toEqual([
      "written",
      "rejected",
      "planned",
      "planned",
    ]);
  });

  it("whose next step cannot begin says why, is listed, and goes on with another model", async () => {
    studio.answers.push(...steps);
    const project = { ...asked(), providerId: "gone" };
    const { status, body } = await studio.ask<ProjectView>("POST", "/agents/projects", project);
    expect([status, body]).toMatchObject([200, { isOver: false, problem: { code: "no-model" } }]);
    expect(body.steps.map((step) => step.runId)).toEqual([undefined, undefined, undefined, undefined]);
    const { body: listed } = await studio.ask<ProjectsView>("GET", "/agents/projects");
    expect(listed.projects).toMatchObject([{ id: project.id, problem: { code: "no-model" } }]);
    const goOn = `/agents/projects/${project.id}/go-on`;
    expect((await studio.ask<ProjectView>("POST", goOn, { ...model, providerId: "gone" })).body.problem).toBeDefined();
    await Promise.all([studio.ask("POST", goOn, model), studio.ask("POST", goOn, model)]);
    await stepWaits(project.id, 0);
    expect((await view(project.id)).problem).toBeUndefined();
    expect((await studio.ask<AgentRunsPage>("GET", "/agents/runs")).body.total).toBe(1);
    expect((await studio.ask("POST", goOn, model)).status).toBe(409);
  });

  it("goes on after an end between taking a step's place and beginning its run", async () => {
    studio.answers.push(steps[0] ?? "");
    const project = { ...asked(), providerId: "gone" };
    await studio.ask("POST", "/agents/projects", project);
    const file = join(studio.data, "projects", `${project.id}.json`);
    const record = JSON.parse(await readFile(file, "utf8")) as object;
    await writeFile(file, JSON.stringify({ ...record, runs: [newUlid()] }));
    expect((await view(project.id)).steps[0]).toEqual({
      agent: "doc_writer",
      target: ".codex/PRD.md",
      status: "planned",
    });
    await studio.ask("POST", `/agents/projects/${project.id}/go-on`, model);
    await stepWaits(project.id, 0);
  });

  it("asked for twice is one project", async () => {
    studio.answers.push(...steps);
    const project = asked();
    await Promise.all([
      studio.ask("POST", "/agents/projects", project),
      studio.ask("POST", "/agents/projects", project),
    ]);
    await stepWaits(project.id, 0);
    expect(await runs()).toHaveLength(1);
  });
});
