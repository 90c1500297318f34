import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import { until } from "../program/until.ts";
import { answerOf, model, prd, textParts } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const target = ".codex/PRD.md";
const good = answerOf(prd, target, "Wrote the requirements.");

describe("limits", () => {
  const settings = { outputTokens: 100, seconds: 600 };

  it("end an answer that a server does not end", async () => {
    await studio.settings({ limits: settings });
    studio.answers.push(Array.from({ length: 1000 }, () => ({ parts: textParts("x".repeat(40)) })));
    const run = await studio.start("doc_writer", "Write.");
    expect(run).toMatchObject({ status: "refused", reason: { code: "too-long" } });
    expect(studio.requests[0]?.parameters?.maxOutputTokens).toBe(100);
    expect(run.text.length).toBeLessThan(10_000);
  });

  it("end a run that takes too long", async () => {
    await studio.settings({ limits: { outputTokens: 1000, seconds: 5 } });
    studio.answers.push([{ parts: textParts("# Half") }, { afterMs: Number.POSITIVE_INFINITY, parts: [] }]);
    const run = await studio.start("doc_writer", "Write.");
    expect(run).toMatchObject({ status: "failed", reason: { code: "too-slow" }, text: "# Half" });
  });

  it("of cost end it before the model is asked for what is too dear already", async () => {
    await studio.settings({
      limits: { ...settings, cost: 0.01 },
      prices: [{ model: model.model, in: 1000, out: 1000 }],
    });
    studio.answers.push(good);
    const run = await studio.start("doc_writer", "Write.");
    expect(run).toMatchObject({ status: "refused", reason: { code: "too-costly" } });
    expect(studio.requests).toEqual([]);
  });

  it("keep a second run from the same document, and a fifth from any", async () => {
    const never = [{ afterMs: Number.POSITIVE_INFINITY, parts: [] }];
    const begin = (agent: string) =>
      studio.ask<{ runId: string }>("POST", "/agents/runs", { id: newUlid(), agent, goal: "Write.", ...model });
    const agents = ["doc_writer", "planner", "reviewer", "storage_engineer"];
    const begun: string[] = [];
    for (const agent of agents) {
      studio.answers.push(never);
      begun.push((await begin(agent)).body.runId);
    }
    expect(await begin("doc_writer")).toMatchObject({ status: 409 });
    expect(await begin("platform_engineer")).toMatchObject({ status: 429 });
    for (const id of begun) await studio.ask("POST", `/agents/runs/${id}/stop`);
    for (const id of begun) {
      expect(await studio.agents.ended(id)).toMatchObject({ status: "stopped" });
    }
    expect(await studio.log()).toEqual([]);
  });
});

describe("a run of a command beside the server", () => {
  it("is stopped from the page by a wish that its process finds, which leaves nothing behind", async () => {
    const command = await openStudio({ folder: studio.folder, data: studio.data }, { holdsFolder: false });
    try {
      command.answers.push([{ parts: textParts("# Half") }, { afterMs: Number.POSITIVE_INFINITY, parts: [] }]);
      const { id } = await command.agents.startRun({ id: newUlid(), agent: "doc_writer", goal: "Write.", ...model });
      expect((await studio.ask("POST", `/agents/runs/${id}/stop`)).status).toBe(202);
      expect((await studio.ask("POST", `/agents/runs/${id}/stop`)).status).toBe(202);
      expect(await command.agents.ended(id)).toMatchObject({ status: "stopped", reason: { code: "stopped" } });
      expect(await readdir(join(studio.data, "agent-runs"))).toEqual([`${id}.json`]);
    } finally {
      await command.close();
    }
  });
});

describe("a disk that cannot take the record", () => {
  it("loses nothing of an answer: it is kept once the disk can", async () => {
    studio.answers.push([{ parts: textParts("# Half") }, { afterMs: Number.POSITIVE_INFINITY, parts: [] }]);
    const id = newUlid();
    await studio.ask("POST", "/agents/runs", { id, agent: "doc_writer", goal: "Write.", ...model });
    // Before that there is nothing to lose.
    await until("the first words", async () => ((await studio.view(id)).text === "" ? undefined : true));
    const records = join(studio.data, "agent-runs");
    await rename(records, `${records}-away`);
    await writeFile(records, "in the way");
    const ended = studio.agents.ended(id);
    studio.stop(id);
    await delay(300);
    await rm(records);
    await rename(`${records}-away`, records);
    expect(await ended).toMatchObject({ status: "stopped", answer: { text: "# Half" } });
  });
});
