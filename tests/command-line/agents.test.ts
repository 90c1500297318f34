/** `folio agents run` and `folio runs replay` as a script uses them: the provider comes from the environment. */
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView } from "../../shared/agents.ts";
import { type AnswerServer, startAnswerServer } from "../agents/answer-server.ts";
import { answerOf, prd } from "../agents/scripted-answers.ts";
import { canaryKey } from "../program/no-leak.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { until } from "../program/until.ts";

let upstream: AnswerServer;
let places: Places;

beforeEach(async () => {
  upstream = await startAnswerServer();
  places = await makePlaces();
  await mkdir(places.folder);
});

afterEach(async () => {
  await upstream.close();
  await removePlaces(places);
});

const target = ".codex/PRD.md";
const launcher = join(import.meta.dirname, "../../bin/folio.mjs");
const text = (path: string) => readFile(join(places.folder, path), "utf8").catch(() => undefined);
const log = async () => JSON.parse((await text(".codex/TASK-LOG.json")) ?? "[]") as Record<string, unknown>[];

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly problem: string;
}

function folio(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = {
    ...{ PATH: process.env["PATH"], HOME: places.base, FOLIO_LOCAL_SERVERS: "127.0.0.1:9" },
    ...{ FOLIO_DATA_DIR: places.data, FOLIO_CONFIG_DIR: places.config },
    ...{ OPENAI_API_KEY: canaryKey, OPENAI_BASE_URL: upstream.baseUrl },
    ...environment,
  };
  const ran = Promise.withResolvers<Ran>();
  const child = execFile(process.execPath, [launcher, ...args], { cwd: places.base, env }, (error, out, problem) =>
    ran.resolve({ code: typeof error?.code === "number" ? error.code : 0, out, problem }),
  );
  return { child, ended: ran.promise };
}

const asked = (goal: string, ...more: readonly string[]) =>
  ["agents", "run", "doc_writer", places.folder, "--goal", goal, "--model", "writer", ...more] as const;
const run = (goal: string, ...more: readonly string[]): Promise<Ran> => folio(asked(goal, ...more)).ended;
const replay = (id: string): Promise<Ran> => folio(["runs", "replay", id, places.folder, "--json"]).ended;

describe("agents run", () => {
  it("proposes, and writes with --accept: one line of JSON, exit code 0, and the same again by replay", async () => {
    upstream.answer("Write it", answerOf(prd, target, "Wrote it."));
    const waiting = await run("Write it", "--json");
    expect(waiting).toMatchObject({ code: 0, problem: "" });
    expect(waiting.out.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(waiting.out)).toMatchObject({ agent: "doc_writer", status: "waiting", target, added: 5 });
    expect([await text(target), await log()]).toEqual([undefined, []]);

    const written = await run("Write it", "--accept", "--json");
    const facts = JSON.parse(written.out) as { id: string };
    expect([written.code, facts]).toMatchObject([0, { status: "written", target, task_id: "task-001" }]);
    expect(await text(target)).toBe(prd);
    expect(await log()).toMatchObject([{ agent: "doc_writer", run_id: facts.id, summary: "Wrote it." }]);

    const same = await replay(facts.id);
    expect([same.code, JSON.parse(same.out)]).toEqual([0, { isIdentical: true, differences: [] }]);
    upstream.answer("Write it", answerOf(`${prd}\nOther.\n`, target, "Wrote it."));
    const other = await replay(facts.id);
    expect([other.code, JSON.parse(other.out).isIdentical]).toEqual([1, false]);
    expect(await log()).toHaveLength(1);
    const gone = await folio(["runs", "replay", facts.id, places.folder, "--json"], {
      ...{ OPENAI_API_KEY: "", OPENAI_BASE_URL: "" },
    }).ended;
    expect([gone.code, JSON.parse(gone.out).problem]).toEqual([2, expect.stringMatching(/not set up/)]);
  });

  it("gives 1 for a refused answer, with the reason, and logs it", async () => {
    upstream.answer("Say nothing", "");
    const refused = await run("Say nothing", "--accept");
    expect(refused).toMatchObject({ code: 1, problem: "", out: expect.stringMatching(/^refused .*\n.*no document/) });
    expect(await log()).toMatchObject([{ status: "refused", output_files: [] }]);
  });

  it("accepts the run it was asked for; what that hands over to is carried out and waits", async () => {
    const board = "# PROPOSED-TASKS.md\n\n## Task: `pt-7k2m9q` — Track it\n\n- **Status:** proposed\n";
    upstream.answer("You are `planner`", answerOf(board, ".codex/PROPOSED-TASKS.md", "Proposed."));
    upstream.answer("You are `doc_writer`", answerOf(prd, target, "Wrote it.", "Once complete, invoke planner"));
    const { code, out } = await run("Plan it", "--accept", "--json");
    const facts = JSON.parse(out);
    expect([code, facts]).toMatchObject([
      0,
      {
        status: "written",
        next: { agent: "planner", willRun: true },
        followed: [{ agent: "planner", status: "waiting" }],
      },
    ]);
    expect(await text(".codex/PROPOSED-TASKS.md")).toBeUndefined();
    expect(await log()).toHaveLength(1);
  });

  it.each([
    ["an unknown agent", () => ["agents", "run", "nobody", places.folder, "--goal", "x", "--model", "writer"]],
    ["no goal", () => ["agents", "run", "doc_writer", places.folder]],
    ["an unknown flag", () => [...asked("x"), "--yes"]],
    ["a provider that is not there", () => [...asked("x"), "--provider", "nowhere"]],
    ["a document that it does not write", () => [...asked("x"), "--target", ".git/hooks/pre-commit"]],
    ["a run that is not there", () => ["runs", "replay", newUlid(), places.folder]],
    ["a path for a run", () => ["runs", "replay", "../settings", places.folder]],
  ])("gives 2 for %s, says why, and does nothing", async (_, args) => {
    const { code, out, problem } = await folio(args()).ended;
    expect([code, out]).toEqual([2, ""]);
    expect(problem.trim()).not.toBe("");
    expect(upstream.asked()).toEqual([]);
    expect(await text(".codex/TASK-LOG.json")).toBeUndefined();
  });
});

describe("beside a server", () => {
  let server: RunningFolio;

  beforeEach(async () => {
    server = await RunningFolio.start(places);
  });

  afterEach(() => server.stop());

  it("pages are told when a command's run begins, grows, waits and is written", async () => {
    const page = await server.signIn();
    const events = page.events(["workspace"]);
    await events.opened();
    const long = answerOf(`${prd}\n${"A line of many.\n".repeat(200)}`, target, "Wrote it.");
    upstream.answer("Write it slowly", long, { latency: 30, chunkSize: 40 });
    const command = folio(asked("Write it slowly", "--accept", "--json"));
    const { run: begun } = await events.waitFor("agent-run-changed", ({ run: { status } }) => status === "running");
    const own = page.events([`run:${begun.id}`]);
    await own.waitFor("agent-run-reloaded");
    own.close();
    const grown = await page.json<AgentRunView>("GET", `/api/agents/runs/${begun.id}`);
    expect(grown.agent).toBe("doc_writer");
    const { out } = await command.ended;
    expect(JSON.parse(out)).toMatchObject({ id: begun.id, status: "written" });
    await events.waitFor("agent-run-changed", ({ run: { id, status } }) => id === begun.id && status === "written");
    const told = events.events.flatMap(({ event }) => (event.type === "agent-run-changed" ? [event.run.status] : []));
    // Once for each state that was seen: not with every piece of the answer that is kept.
    expect(told.length).toBeLessThanOrEqual(6);
    events.close();
  });

  it("a run whose command was killed is ended from the page", async () => {
    const page = await server.signIn();
    const events = page.events(["workspace"]);
    await events.opened();
    upstream.answer("Write it slowly", answerOf(prd.repeat(100), target, "s"), { latency: 50, chunkSize: 8 });
    const command = folio(asked("Write it slowly"));
    const { run: begun } = await events.waitFor("agent-run-changed", ({ run: { status } }) => status === "running");
    events.close();
    const view = () => page.json<AgentRunView>("GET", `/api/agents/runs/${begun.id}`);
    command.child.kill("SIGKILL");
    await command.ended;
    // The launcher may have started Node 24 as a child, which sees its end a moment later.
    const ended = await until("the end", async () => {
      await page.json("POST", `/api/agents/runs/${begun.id}/stop`, {});
      const now = await view();
      return now.status === "running" ? undefined : now;
    });
    expect(ended).toMatchObject({ status: "interrupted" });
    expect(await text(target)).toBeUndefined();
  });
});
