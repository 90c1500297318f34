import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView } from "../../shared/agents.ts";
import type { AnswerServer } from "../agents/answer-server.ts";
import { until } from "../program/until.ts";
import { type Studio, startStudio } from "./studio-rig.ts";

/** A studio whose model answers as the test says. */
export interface Desk extends Studio {
  readonly choice: { readonly providerId: string; readonly model: string };
  /** Runs an agent to the end of its answer. */
  readonly run: (agent: string, goal: string, answer: string) => Promise<AgentRunView>;
  readonly text: (path: string) => Promise<string>;
  readonly log: () => Promise<readonly Record<string, unknown>[]>;
}

export async function openDesk(upstream: AnswerServer, files: Readonly<Record<string, string>>): Promise<Desk> {
  const studio = await startStudio(files);
  onTestFinished(() => studio.end());
  const { client, places } = studio;
  const choice = { providerId: await client.addProvider(upstream.baseUrl), model: "writer" };
  await client.json("PUT", "/api/providers/chosen", choice);
  const text = (path: string): Promise<string> => readFile(join(places.folder, path), "utf8");
  return {
    ...studio,
    choice,
    text,
    log: async () => JSON.parse(await text(".codex/TASK-LOG.json")),
    run: async (agent, goal, answer) => {
      upstream.answer(goal, answer);
      const id = newUlid();
      await client.json("POST", "/api/agents/runs", { id, agent, goal, ...choice });
      return until("the end of the answer", async () => {
        const run = await client.json<AgentRunView>("GET", `/api/agents/runs/${id}`);
        return run.status === "running" ? undefined : run;
      });
    },
  };
}
