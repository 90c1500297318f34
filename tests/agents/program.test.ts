import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunsPage, AgentRunView, ProjectView } from "../../shared/agents.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { until } from "../program/until.ts";
import { type AnswerServer, startAnswerServer } from "./answer-server.ts";
import { answerOf, prd } from "./scripted-answers.ts";

let upstream: AnswerServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeEach(async () => {
  upstream = await startAnswerServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterEach(async () => {
  await folio?.stop();
  await upstream?.close();
  await removePlaces(places);
});

const target = ".codex/PRD.md";
const slowly = { latency: 40, chunkSize: 8 };
const text = (path: string): Promise<string | undefined> =>
  readFile(join(places.folder, path), "utf8").catch(() => undefined);
const log = async (): Promise<readonly Record<string, unknown>[]> =>
  JSON.parse((await text(".codex/TASK-LOG.json")) ?? "[]") as Record<string, unknown>[];
const view = (id: string) => page.json<AgentRunView>("GET", `/api/agents/runs/${id}`);

async function start(goal: string): Promise<string> {
  const id = newUlid();
  const asked = { id, agent: "doc_writer", goal, providerId, model: "writer" };
  await page.json("POST", "/api/agents/runs", asked);
  return id;
}

const waits = (id: string): Promise<AgentRunView> =>
  until("the run's end", async () => {
    const run = await view(id);
    return run.status === "running" ? undefined : run;
  });

/** As an operator's shell: with no model but the one of the environment. */
function command(...args: readonly string[]): Promise<{ code: number; out: string; problem: string }> {
  const environment = {
    PATH: process.env["PATH"],
    HOME: places.base,
    FOLIO_DATA_DIR: places.data,
    FOLIO_CONFIG_DIR: places.config,
    FOLIO_LOCAL_SERVERS: "127.0.0.1:9",
  };
  const launcher = join(import.meta.dirname, "../../bin/folio.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, ...args], { cwd: places.base, env: environment }, (error, out, problem) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, problem });
    });
  });
}

describe("the program", () => {
  it("makes a project from an interview, step by step, and tells every page", async () => {
    const board = `# PROPOSED-TASKS.md\n\nSuggested work.\n\n---\n\n## Task: \`pt-7k2m9q\` — Track one parcel\n\n- **Status:** proposed\n- **Proposed by:** \`planner\`\n- **Date:** 2026-01-02\n`;
    const roster = `# AGENTS.md\n\n## Agent: \`planner\`\n\n- **Role:** Planner\n- **Goal:** Propose tasks.\n- **Backstory:** Looks ahead.\n- **Writes:** \`.codex/PROPOSED-TASKS.md\`\n`;
    const documents = [
      [target, prd],
      [".codex/ARCHITECTURE.md", "# Architecture of Parcel\n\nOne process.\n"],
      [".codex/AGENTS.md", roster],
      [".codex/PROPOSED-TASKS.md", board],
    ] as const;
    for (const [path, document] of documents) {
      upstream.answer(`You write one file: \`${path}\``, answerOf(document, path, `Wrote ${path}.`));
    }
    const events = page.events(["workspace"]);
    await events.opened();
    const id = newUlid();
    const answers = [{ question: "What is it?", answer: "It tells where a parcel is." }];
    await page.json("POST", "/api/agents/projects", { id, name: "Parcel", answers, providerId, model: "writer" });
    for (const [step, [path, document]] of documents.entries()) {
      const runId = await until(`step ${step}`, async () => {
        const { steps } = await page.json<ProjectView>("GET", `/api/agents/projects/${id}`);
        return steps[step]?.status === "waiting" ? steps[step].runId : undefined;
      });
      expect(await text(path)).toBeUndefined();
      await page.json("POST", `/api/agents/runs/${runId}/accept`, { base: null });
      expect(await text(path)).toBe(document);
      await events.waitFor("agent-run-changed", ({ run }) => run.id === runId && run.status === "written");
    }
    events.close();
    expect((await page.json<ProjectView>("GET", `/api/agents/projects/${id}`)).isOver).toBe(true);
    expect((await log()).map((entry) => entry["summary"])).toEqual(documents.map(([path]) => `Wrote ${path}.`));
    const asked = JSON.stringify(upstream.asked().at(-1));
    expect(asked).toContain("It tells where a parcel is.");
    expect(asked).toContain("One process.");
  });

  it("killed while a run is made shows it as interrupted, with what came, and nothing else happened", async () => {
    upstream.answer("Write slowly", answerOf(prd.repeat(20), target, "s"), slowly);
    const id = await start("Write slowly");
    const kept = join(places.data, "workspaces");
    await until("a part of the answer on disk", async () => {
      const [workspace = ""] = await readdir(kept);
      const record = await readFile(join(kept, workspace, "agent-runs", `${id}.json`), "utf8");
      return (JSON.parse(record) as { answer: { text: string } }).answer.text === "" ? undefined : true;
    });
    await folio.stop("SIGKILL");
    folio = await RunningFolio.start(places);
    page = await folio.signIn();
    const run = await view(id);
    expect(run.status).toBe("interrupted");
    expect(run.text).toContain("# Parcel");
    expect(await text(target)).toBeUndefined();
    expect(await log()).toEqual([]);
  });

  it("killed around an accept has the document and one entry, or waits with neither", async () => {
    for (let round = 0; round < 4; round += 1) {
      const document = `${prd}\nRound ${round}.\n`;
      upstream.answer(`Write round ${round}`, answerOf(document, target, `Round ${round}.`));
      const id = await start(`Write round ${round}`);
      const waiting = await waits(id);
      const base = waiting.change?.base ?? null;
      const accepting = page.send("POST", `/api/agents/runs/${id}/accept`, { base }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      await folio.stop("SIGKILL");
      await accepting;
      folio = await RunningFolio.start(places);
      page = await folio.signIn();
      const run = await view(id);
      const entries = (await log()).filter((entry) => entry["run_id"] === id);
      expect(["waiting", "written"]).toContain(run.status);
      expect(entries).toHaveLength(run.status === "written" ? 1 : 0);
      expect((await text(target)) === document).toBe(run.status === "written");
    }
  });

  it("stops a run from any tab within a moment", async () => {
    upstream.answer("Write slowly", answerOf(prd.repeat(50), target, "s"), slowly);
    const id = await start("Write slowly");
    const events = page.events([`run:${id}`]);
    await events.waitFor("agent-text");
    events.close();
    await page.json("POST", `/api/agents/runs/${id}/stop`, {});
    expect(await waits(id)).toMatchObject({ status: "stopped" });
    expect(await log()).toEqual([]);
  });
});

describe("folio agents run", () => {
  it("works beside a running server: the page sees the run, the log has one order", async () => {
    upstream.answer("From a script", answerOf(prd, target, "From a script."));
    upstream.answer("Nothing to say", "");
    await mkdir(places.folder, { recursive: true });
    const asked = ["--provider", providerId, "--model", "writer", "--json"];
    const waiting = await command("agents", "run", "doc_writer", places.folder, "--goal", "From a script", ...asked);
    expect(waiting).toMatchObject({ code: 0, problem: "" });
    expect(JSON.parse(waiting.out)).toMatchObject({ status: "waiting", target });
    expect(await text(target)).toBeUndefined();
    const { runs } = await page.json<AgentRunsPage>("GET", "/api/agents/runs");
    expect(runs.map(({ status }) => status)).toEqual(["waiting"]);
    await page.json("POST", `/api/agents/runs/${runs[0]?.id}/accept`, { base: null });
    expect(await text(target)).toBe(prd);

    const refused = await command("agents", "run", "doc_writer", places.folder, "--goal", "Nothing to say", ...asked);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ status: "refused", reason: { code: "empty" } });
    expect((await log()).map((entry) => entry["status"])).toEqual([undefined, "refused"]);

    const replay = await command("runs", "replay", String(runs[0]?.id), places.folder, "--json");
    expect(JSON.parse(replay.out)).toMatchObject({ differences: expect.any(Array) });
    expect([0, 1]).toContain(replay.code);
    expect((await command("agents", "run", "nobody", places.folder, "--goal", "x", ...asked)).code).toBe(2);
    expect((await command("runs", "replay", newUlid(), places.folder)).code).toBe(2);
    expect((await command("agents", "run", "doc_writer", places.folder)).code).toBe(2);
  });

  it("writes and logs with --accept where no server runs, in a folder made by hand", async () => {
    await folio.stop();
    await mkdir(join(places.folder, ".codex"), { recursive: true });
    await writeFile(join(places.folder, ".codex/TASK-LOG.json"), '[{"task_id":"task-041","agent":"a"}]\n');
    upstream.answer("From a script", answerOf(prd, target, "From a script."));
    const asked = ["--goal", "From a script", "--accept", "--provider", providerId, "--model", "writer"];
    const written = await command("agents", "run", "doc_writer", places.folder, ...asked);
    expect(written).toMatchObject({ code: 0, problem: "" });
    expect(written.out).toContain("task-042");
    expect(await text(target)).toBe(prd);
  });
});
