import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import type { LanguageModel } from "../../server/platform/models/language-model.ts";
import type { LocalModel } from "../../server/platform/models/local/local-model.ts";
import { runtimeEntry } from "../../server/platform/models/local/local-model-files.ts";
import { openLocalModel } from "../../server/platform/models/local/open-local-model.ts";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView, ProjectView, RunReplay } from "../../shared/agents.ts";
import { answerOf, prd, scriptOf } from "../agents/scripted-answers.ts";
import { openStudio, type Studio } from "../agents/studio-rig.ts";
import { until } from "../program/until.ts";

const folder = readConfig({}, join(import.meta.dirname, "../..")).localModelDirectory;
const isInstalled = existsSync(join(folder, runtimeEntry));

const documents = [
  [".codex/PRD.md", prd],
  [".codex/ARCHITECTURE.md", "# Architecture of Parcel\n\nOne process.\n"],
  [".codex/AGENTS.md", "# AGENTS.md\n\nParcel has no agents of its own.\n"],
  [".codex/PROPOSED-TASKS.md", "# PROPOSED-TASKS.md\n\n## Task: `pt-7k2m9q` — Track it\n\n- **Status:** proposed\n"],
] as const;

/** Shorter than the offered ones: what a model reads takes most of the time. */
const templates = [
  [".codex/templates/agents-template.md", "# AGENTS.md\n\n## Agent: `{{NAME}}`\n"],
  [".codex/templates/architecture-template.md", "# {{NAME}}: Architecture\n\n## System Overview\n"],
] as const;

/**
 * A small model's prose is poor and differs from time to time: what holds is the contract. Its answers are cut short,
 * for each step reads many hundred tokens.
 */
describe.skipIf(!isInstalled)(
  "agents with a real model (skipped where `npm run local-model` has not installed it)",
  () => {
    let local: LocalModel | undefined;
    let studio: Studio;
    let answering: LanguageModel | undefined;
    let name = "";

    beforeAll(async () => {
      local = await openLocalModel(folder);
      name = local?.names.find((each) => each.startsWith("SmolLM2-135M-Instruct")) ?? "";
      studio = await openStudio(undefined, { modelFor: () => answering });
      await studio.settings({ limits: { outputTokens: 100, seconds: 60 }, lastLogEntries: 1 });
      for (const [path, text] of templates) await studio.write(path, text);
    });

    afterAll(async () => {
      await studio?.close();
      await local?.close();
    });

    /** The entry of what was refused is written a moment after the end. */
    const ended = async (id: string): Promise<AgentRunView> => {
      await studio.agents.ended(id);
      return studio.view(id);
    };
    const entriesOf = async (id: string) => (await studio.log()).filter((entry) => entry["run_id"] === id);
    const files = async (): Promise<readonly string[]> => {
      const entries = await readdir(studio.folder, { recursive: true, withFileTypes: true });
      const found = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name: file }) => join(parentPath, file));
      return found.map((path) => path.slice(studio.folder.length + 1)).toSorted();
    };

    /** What one answer of the real model comes to, whatever it says. */
    async function expectContract(run: AgentRunView, target: string): Promise<void> {
      expect(run.target).toBe(target);
      expect(["waiting", "refused", "failed"]).toContain(run.status);
      expect(await studio.text(target)).toBeUndefined();
      expect(run.usage.out ?? 0).toBeLessThanOrEqual(101);
      expect(run.text).not.toContain("<|im_");
      const isWaiting = run.status === "waiting";
      const entry = { agent: run.agent, status: run.status, output_files: [], task_id: run.taskId };
      expect(await entriesOf(run.id)).toMatchObject(isWaiting ? [] : [entry]);
      expect(run.change?.after ?? "").toMatch(isWaiting ? /\S/ : /^$/);
      expect(run.reason?.title ?? "").toMatch(isWaiting ? /^$/ : /\w+ .*\.$/);
    }

    /** Says in words what differs, and writes nothing. */
    async function expectReplay(run: AgentRunView): Promise<void> {
      const before = [await files(), await studio.log()];
      const { body } = await studio.ask<RunReplay>("POST", `/agents/runs/${run.id}/replay`);
      expect(body.problem).toBeUndefined();
      expect(body.isIdentical).toBe(body.differences.length === 0);
      expect([await files(), await studio.log()]).toEqual(before);
    }

    it("make a project step by step: each ends with a reason or waits, replays, and is asked again", {
      timeout: 240_000,
    }, async () => {
      const id = newUlid();
      const answers = [{ question: "What is it?", answer: "It tells where a parcel is." }];
      const asked = { id, name: "Parcel", answers, providerId: "local", model: name };
      const steps = async () => (await studio.ask<ProjectView>("GET", `/agents/projects/${id}`)).body.steps;
      answering = local?.model;
      await studio.ask("POST", "/agents/projects", asked);
      for (const [step, [target, document]] of documents.entries()) {
        const runId = await until(`step ${step}`, async () => (await steps())[step]?.runId);
        const run = await ended(runId);
        await expectContract(run, target);
        const hasLog = step > 0 || run.status !== "waiting";
        const written = [...documents.slice(0, step), ...templates].map(([path]) => path);
        expect(await files()).toEqual([...written, ...(hasLog ? [".codex/TASK-LOG.json"] : [])].toSorted());

        // Once is enough, and the model has just read all of it.
        if (step === 0) await expectReplay(run);

        // A person is not content with it, and another model does better.
        answering = scriptOf([], [answerOf(document, target, `Wrote ${target}.`)]);
        const again = newUlid();
        const { status } = await studio.ask("POST", `/agents/runs/${runId}/again`, { id: again });
        expect(status).toBe(202);
        const better = await ended(again);
        expect(better).toMatchObject({ status: "waiting", againOf: runId, target });
        expect((await steps())[step]?.runId).toBe(again);
        answering = local?.model;
        await studio.ask("POST", `/agents/runs/${again}/accept`, { base: null });
        expect(await studio.text(target)).toBe(document);
        expect(await entriesOf(again)).toHaveLength(1);
      }
      expect((await steps()).map(({ status }) => status)).toEqual(documents.map(() => "written"));
    });

    it("are stopped in the middle, and keep what came", { timeout: 120_000 }, async () => {
      answering = local?.model;
      await studio.settings({ limits: { outputTokens: 2000, seconds: 60 } });
      const id = newUlid();
      const asked = { id, agent: "reviewer", goal: "Write a very long story.", providerId: "local", model: name };
      await studio.ask("POST", "/agents/runs", asked);
      await until("a part of the answer", async () => ((await studio.view(id)).text === "" ? undefined : true));
      await studio.ask("POST", `/agents/runs/${id}/stop`);
      const run = await ended(id);
      // A short story is over before it is stopped.
      expect(["stopped", "waiting", "refused"]).toContain(run.status);
      expect(run.text).not.toBe("");
    });
  },
);
