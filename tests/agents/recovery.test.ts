import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunRecord } from "../../server/agents/run-record.ts";
import { currentIdentity } from "../../server/platform/store/process-identity.ts";
import type { AgentRunView } from "../../shared/agents.ts";
import { answerOf, prd } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const target = ".codex/PRD.md";
const good = answerOf(prd, target, "Wrote it.");
/** The server before this one. */
const ended = { pid: 2 ** 22 + 1, id: "00", holdsFolder: true };

const recordFile = (id: string): string => join(studio.data, "agent-runs", `${id}.json`);

/** Puts the record as a crash would have left it, and starts anew. */
async function crashedAt(id: string, change: (record: RunRecord) => RunRecord): Promise<AgentRunView> {
  const record = JSON.parse(await readFile(recordFile(id), "utf8")) as RunRecord;
  await writeFile(recordFile(id), JSON.stringify(change(record)));
  studio = await studio.restart();
  await studio.agents.recover();
  await studio.agents.recover();
  return studio.view(id);
}

const accepted = (base: string | null, text = prd): RunRecord["decision"] => ({
  kind: "accepted",
  at: "2026-01-01T00:00:00.000Z",
  base,
  text,
  isEdited: false,
});

async function waiting(): Promise<string> {
  studio.answers.push(good);
  return (await studio.start("doc_writer", "Write.")).id;
}

describe("after a crash", () => {
  it("a run that was being made is interrupted, with what came, and nothing is written or logged", async () => {
    const id = await waiting();
    const run = await crashedAt(id, ({ proposed: _, ...record }) => ({
      ...record,
      status: "running",
      owner: ended,
      answer: { text: "# Half", reasoning: "" },
    }));
    expect(run).toMatchObject({ status: "interrupted", text: "# Half" });
    expect(await studio.text(target)).toBeUndefined();
    expect(await studio.log()).toEqual([]);
  });

  it("between the decision and the document: it is written and logged once", async () => {
    const id = await waiting();
    const run = await crashedAt(id, (record) => ({ ...record, owner: ended, decision: accepted(null) }) as RunRecord);
    expect(run.status).toBe("written");
    expect(await studio.text(target)).toBe(prd);
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });

  it("between the decision and the document: what the person made of it is written, not what the model said", async () => {
    const id = await waiting();
    const edited = `${prd}\nAdded by hand.\n`;
    const run = await crashedAt(
      id,
      (record) => ({ ...record, owner: ended, decision: { ...accepted(null, edited), isEdited: true } }) as RunRecord,
    );
    expect(run).toMatchObject({ status: "written", change: { after: edited } });
    expect(await studio.text(target)).toBe(edited);
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });

  it("what waited still waits: nothing was accepted by the restart", async () => {
    const id = await waiting();
    studio = await studio.restart();
    await studio.agents.recover();
    expect(await studio.view(id)).toMatchObject({ status: "waiting", change: { base: null, isStale: false } });
    expect(await studio.text(target)).toBeUndefined();
    const { body } = await studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, { base: null });
    expect(body.status).toBe("written");
  });

  it("between the document and its record: it is logged once and not written again", async () => {
    const id = await waiting();
    await studio.write(target, prd.replaceAll("\n", "\r\n"));
    const run = await crashedAt(id, (record) => ({ ...record, owner: ended, decision: accepted(null) }) as RunRecord);
    expect(run.status).toBe("written");
    expect(await studio.text(target)).toBe(prd.replaceAll("\n", "\r\n"));
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });

  it("between the log and its record: there is one entry", async () => {
    const id = await waiting();
    await studio.ask("POST", `/agents/runs/${id}/accept`, { base: null });
    expect(await studio.log()).toHaveLength(1);
    const run = await crashedAt(id, ({ log: _, ...record }) => ({ ...record, owesLog: true }));
    expect(run).toMatchObject({ status: "written", taskId: "task-001" });
    expect(await studio.log()).toHaveLength(1);
  });

  it("with a document that somebody changed since: it waits for the person again", async () => {
    const id = await waiting();
    await studio.write(target, "# By hand\n");
    const run = await crashedAt(id, (record) => ({ ...record, owner: ended, decision: accepted(null) }) as RunRecord);
    expect(run).toMatchObject({ status: "waiting", change: { isStale: true } });
    expect(await studio.text(target)).toBe("# By hand\n");
    expect(await studio.log()).toEqual([]);
  });

  it("a refusal that was not logged is logged once", async () => {
    studio.answers.push("");
    const { id } = await studio.start("doc_writer", "Write.");
    const run = await crashedAt(id, ({ log: _, ...record }) => ({ ...record, owesLog: true }));
    expect(run.status).toBe("refused");
    expect(await studio.log()).toHaveLength(1);
  });

  it.each([
    ["is let be while it lives", 0, "running"],
    ["is interrupted when it ended", 2 ** 22, "interrupted"],
  ])("a run of a command %s", async (_, more, status) => {
    const id = await waiting();
    const identity = await currentIdentity();
    const owner = { ...identity, pid: identity.pid + more, holdsFolder: false };
    expect((await crashedAt(id, (record) => ({ ...record, status: "running", owner }))).status).toBe(status);
  });

  it("a record that is no record is left out of the list and stays", async () => {
    await waiting();
    const broken = recordFile("01JZ2Y7M3W8Q4K6T9V5X1C0B2D");
    await writeFile(broken, '{"format":"agent-run/1","id"');
    studio = await studio.restart();
    await studio.agents.recover();
    const { body } = await studio.ask<{ total: number }>("GET", "/agents/runs");
    expect(body.total).toBe(1);
    expect((await studio.ask("GET", "/agents/runs/01JZ2Y7M3W8Q4K6T9V5X1C0B2D")).status).toBe(404);
    expect(await readFile(broken, "utf8")).toContain("agent-run/1");
  });
});

describe("a log that is broken", () => {
  it("does not keep a document from being written; the entry waits for the repair", async () => {
    await studio.write(".codex/TASK-LOG.json", '[\n  {"task_id": "task-007", }\n');
    const id = await waiting();
    const { body } = await studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, { base: null });
    expect(body).toMatchObject({ status: "written" });
    expect(await studio.text(target)).toBe(prd);
    expect(await studio.text(".codex/TASK-LOG.json")).toBe('[\n  {"task_id": "task-007", }\n');
    expect(body.taskId).toMatch(/^task-\d+$/);
  });

  it("that only can be read leaves the debt, and says so", async () => {
    await studio.write(".codex/TASK-LOG.json", '{"tasks": "none"}');
    const id = await waiting();
    const { body } = await studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, { base: null });
    expect(body.status).toBe("written");
    expect(body.flags.join()).toMatch(/not written yet/);
    expect(await studio.text(".codex/TASK-LOG.json")).toBe('{"tasks": "none"}');
    await studio.write(".codex/TASK-LOG.json", "[]\n");
    studio = await studio.restart();
    await studio.agents.recover();
    expect(await studio.log()).toMatchObject([{ run_id: id }]);
  });
});
