import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunsPage, AgentRunView, RunReplay } from "../../shared/agents.ts";
import { answerOf, model, prd } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const target = ".codex/PRD.md";
const good = answerOf(prd, target, "Wrote the requirements.");
const accept = (id: string, body: unknown = { base: null }) =>
  studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, body);

describe("a run", () => {
  it("waits with a diff, is written as a person accepts it, and is logged by Folio", async () => {
    studio.answers.push(good);
    const run = await studio.start("doc_writer", "Write the PRD of Parcel.");
    expect(run).toMatchObject({ status: "waiting", target, added: 5, removed: 0 });
    expect(run.change).toMatchObject({ base: null, before: "", after: prd, isStale: false });
    expect(JSON.parse(run.logEntry ?? "")).toMatchObject({ agent: "doc_writer", run_id: run.id });
    expect(await studio.text(target)).toBeUndefined();
    expect(await studio.log()).toEqual([]);

    expect(await accept(run.id)).toMatchObject({ status: 200, body: { status: "written", taskId: "task-001" } });
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

  it("is the author of agent, id and date; what the model says of them is flagged", async () => {
    studio.answers.push(good.replace('"agent":"doc_writer"', '"agent":"root"'));
    const { id } = await studio.start("doc_writer", "Write.");
    const { body } = await accept(id);
    expect(body.flags.join("\n")).toMatch(/task-999.*task-001/);
    expect(body.flags.join("\n")).toContain("1999-01-01");
    expect(body.change?.notes.join("\n")).toContain('"root"');
    const [entry] = await studio.log();
    expect(entry).toMatchObject({ agent: "doc_writer", task_id: "task-001" });
    expect(entry?.["date"]).not.toBe("1999-01-01");
  });

  it("records its whole input before the model is asked", async () => {
    await studio.write(".codex/ARCHITECTURE.md", "# Architecture of Parcel\n");
    studio.answers.push(good);
    const run = await studio.start("doc_writer", "Write the PRD.");
    const { body } = await studio.ask<Record<string, unknown>>("GET", `/agents/runs/${run.id}/input`);
    expect(body["messages"]).toEqual(studio.requests[0]?.messages);
    expect(run.input.files.find(({ path }) => path === ".codex/ARCHITECTURE.md")?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(body["files"])).toContain("# Architecture of Parcel");
    expect(run.input.prompt).toMatchObject({ isGenerated: true });
  });

  it("asked for twice with the same id is one run", async () => {
    studio.answers.push(good, good);
    const asked = { id: newUlid(), agent: "doc_writer", goal: "Write.", ...model };
    const both = await Promise.all([
      studio.ask("POST", "/agents/runs", asked),
      studio.ask("POST", "/agents/runs", asked),
    ]);
    const again = await studio.ask("POST", "/agents/runs", asked);
    expect([...both, again].map(({ status }) => status)).toEqual([202, 202, 202]);
    await studio.agents.ended(asked.id);
    expect(studio.requests).toHaveLength(1);
    expect((await studio.ask("POST", "/agents/runs", { ...asked, goal: "Another." })).status).toBe(409);
  });

  it("of an agent that is not there, or of a provider that is not there, is not begun", async () => {
    const asked = { id: newUlid(), agent: "nobody", goal: "Write.", ...model };
    expect((await studio.ask("POST", "/agents/runs", asked)).status).toBe(404);
    const gone = { ...asked, agent: "doc_writer", providerId: "gone" };
    expect((await studio.ask("POST", "/agents/runs", gone)).status).toBe(422);
    expect((await studio.ask<AgentRunsPage>("GET", "/agents/runs")).body.total).toBe(0);
  });

  it("may be told which of its documents it writes, and no other", async () => {
    studio.answers.push(answerOf("# Architecture\n\nOne process.\n", ".codex/ARCHITECTURE.md", "Wrote it."));
    const run = await studio.start("doc_writer", "Write.", { target: ".codex/ARCHITECTURE.md" });
    expect(run).toMatchObject({ status: "waiting", target: ".codex/ARCHITECTURE.md" });
    for (const path of [
      ".codex/PROPOSED-TASKS.md",
      ".codex/prompts/doc_writer.md",
      ".codex/config.toml",
      ".codex/TASK-LOG.json",
      "README.md",
      ".codex/../.git/hooks/pre-commit",
    ]) {
      const asked = { id: newUlid(), agent: "doc_writer", goal: "Write.", ...model, target: path };
      expect(await studio.ask("POST", "/agents/runs", asked)).toMatchObject({ status: 422 });
    }
  });

  it("writes an edited text as the person left it", async () => {
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    const text = `${prd}\nAdded by hand.\n`;
    expect((await accept(id, { base: null, text })).body.status).toBe("written");
    expect(await studio.text(target)).toBe(text);
  });

  it("keeps byte order mark and line ends of the file that it changes", async () => {
    const old = "\ufeff# Old\r\n\r\nText.\r\n";
    const base = await studio.write(target, old);
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    await accept(id, { base });
    expect(await studio.text(target)).toBe(`\ufeff${prd.replaceAll("\n", "\r\n")}`);
  });

  it("that is rejected leaves the file alone and is not logged", async () => {
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    const { body } = await studio.ask<AgentRunView>("POST", `/agents/runs/${id}/reject`, { reason: "No." });
    expect(body.status).toBe("rejected");
    expect((await accept(id)).status).toBe(409);
    expect(await studio.text(target)).toBeUndefined();
    expect(await studio.log()).toEqual([]);
  });

  it("on a scratch goal writes nothing and logs nothing", async () => {
    studio.answers.push(good, "");
    const run = await studio.start("doc_writer", "Try.", { isScratch: true });
    expect(run).toMatchObject({ status: "rejected", isScratch: true, reason: { code: "scratch" } });
    expect(run.change?.after).toBe(prd);
    expect((await accept(run.id)).status).toBe(409);
    await studio.start("doc_writer", "Try.", { isScratch: true });
    expect(await studio.text(target)).toBeUndefined();
    expect(await studio.log()).toEqual([]);
  });

  it("of task_logger needs no model: the goal is the entry", async () => {
    const { body } = await studio.ask<{ runId: string }>("POST", "/agents/runs", {
      id: newUlid(),
      agent: "task_logger",
      goal: "Deployed by hand.\nSecond line.",
      ...model,
    });
    expect((await studio.view(body.runId)).status).toBe("written");
    expect(await studio.log()).toMatchObject([{ agent: "task_logger", summary: "Deployed by hand. Second line." }]);
    expect(studio.requests).toEqual([]);
  });
});

describe("a document that changed meanwhile", () => {
  it("is not overwritten: accept says what is there, and works once it is compared again", async () => {
    const base = await studio.write(target, "# Old\n");
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    const now = await studio.write(target, "# Changed by hand\n");
    const refused = await accept(id, { base });
    expect(refused).toMatchObject({ status: 409, body: { code: "stale", facts: { revision: now } } });
    expect(await studio.text(target)).toBe("# Changed by hand\n");
    const { change, status } = await studio.view(id);
    expect(status).toBe("waiting");
    expect(change).toMatchObject({ isStale: true, current: "# Changed by hand\n", currentRevision: now });
    expect((await accept(id, { base: now })).body.status).toBe("written");
    expect(await studio.text(target)).toBe(prd);
    expect(await studio.log()).toHaveLength(1);
  });

  it("accepted in two tabs at once is written and logged once", async () => {
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    const both = await Promise.all([
      accept(id, { base: null, text: "# One\n" }),
      accept(id, { base: null, text: "# Two\n" }),
    ]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.body.change?.after;
    expect(await studio.text(target)).toBe(winner);
    expect(await studio.log()).toHaveLength(1);
  });

  it("accepted again after it was written answers as the first time", async () => {
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    expect((await accept(id)).status).toBe(200);
    expect(await accept(id)).toMatchObject({ status: 200, body: { status: "written" } });
    expect(await studio.log()).toHaveLength(1);
  });
});

describe("a replay", () => {
  it("asks the recorded input again and finds the same events", async () => {
    studio.answers.push(good, good, good.replace("Parcel tells", "Parcel says"));
    const { id } = await studio.start("doc_writer", "Write.");
    await accept(id);
    await studio.write(".codex/ARCHITECTURE.md", "# Another input now\n");
    const replay = async () => (await studio.ask<RunReplay>("POST", `/agents/runs/${id}/replay`)).body;
    expect(await replay()).toEqual({ isIdentical: true, differences: [] });
    expect(studio.requests[1]).toEqual(studio.requests[0]);
    const other = await replay();
    expect(other.isIdentical).toBe(false);
    expect(other.differences.join("\n")).toMatch(/answer differs from character \d+/);
    expect(await studio.text(target)).toBe(prd);
    expect(await studio.log()).toHaveLength(1);
  });
});

describe("the list", () => {
  it("is newest first, in pages, with figures, and survives the loss of its cache", async () => {
    for (let count = 0; count < 5; count += 1) {
      studio.answers.push(count === 0 ? "" : good);
      await studio.start("doc_writer", `Goal ${count}`);
    }
    const list = async (query: string) => (await studio.ask<AgentRunsPage>("GET", `/agents/runs${query}`)).body;
    const first = await list("?limit=2");
    expect(first.runs.map(({ goal }) => goal)).toEqual(["Goal 4", "Goal 3"]);
    expect(first).toMatchObject({ total: 5, waiting: 4, running: 0, month: { runs: 5 } });
    const second = await list(`?limit=2&after=${first.next}`);
    expect(second.runs.map(({ goal }) => goal)).toEqual(["Goal 2", "Goal 1"]);
    expect((await list("?status=refused")).runs.map(({ goal }) => goal)).toEqual(["Goal 0"]);
    const { rm } = await import("node:fs/promises");
    await rm(`${studio.data}/agent-run-summaries.jsonl`);
    studio = await studio.restart();
    expect((await list("?limit=2")).runs).toEqual(first.runs);
  });
});
