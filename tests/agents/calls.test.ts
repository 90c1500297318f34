import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView } from "../../shared/agents.ts";
import type { ConversationView } from "../../shared/chat.ts";
import { newId, type PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, until } from "../program/until.ts";
import { type AnswerServer, startAnswerServer } from "./answer-server.ts";
import { answerOf, prd } from "./scripted-answers.ts";

let upstream: AnswerServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeAll(async () => {
  upstream = await startAnswerServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterAll(async () => {
  await folio?.stop();
  await upstream?.close();
  await removePlaces(places);
});

const target = ".codex/PRD.md";

const boardPath = ".codex/PROPOSED-TASKS.md";
const board = `# PROPOSED-TASKS.md

Suggested work.

---

## Task: \`pt-7k2m9q\` — Track one parcel

- **Status:** proposed
- **Proposed by:** \`planner\`
- **Date:** 2026-01-02
`;

const called = (goal: string) => ({
  messageId: newId(),
  parent: "root",
  text: `@doc_writer ${goal}`,
  runId: newUlid(),
  agent: "doc_writer",
  goal,
  providerId,
  model: "writer",
});

const run = (id: string) => page.json<AgentRunView>("GET", `/api/agents/runs/${id}`);
const ended = (id: string): Promise<AgentRunView> =>
  until("the run's end", async () => {
    const now = await run(id);
    return now.status === "running" ? undefined : now;
  });
const decide = (id: string, what: "accept" | "reject", base: string | null) =>
  page.json<AgentRunView>("POST", `/api/agents/runs/${id}/${what}`, what === "accept" ? { base } : {});

describe("an agent called from a conversation", () => {
  it("shows its run as a part of the answer, in the page and in the file, and reads what was said", async () => {
    upstream.answer("Write the PRD of Parcel", answerOf(prd, target, "Wrote it."));
    const id = newId();
    const call = called("Write the PRD of Parcel");
    const path = `/api/conversations/${id}/agent-runs`;
    const sent = await page.json<{ messageId: string; runId: string }>("POST", path, call);
    expect(await page.json("POST", path, call)).toEqual(sent);
    const waiting = await ended(call.runId);
    expect(waiting).toMatchObject({ status: "waiting", conversation: { id, messageId: call.messageId } });
    expect(JSON.stringify(upstream.asked().at(-1))).toContain("@doc_writer Write the PRD of Parcel");
    // The run's record is durable before its conversation is told.
    const view = await until("the run's state in the conversation", async () => {
      const now = await page.view(id);
      return now.messages[1]?.parts[0]?.attributes?.["status"] === "waiting" ? now : undefined;
    });
    expect(view.messages.map(({ id: messageId }) => messageId)).toEqual([call.messageId, sent.messageId]);
    expect(view.messages[1]?.parts).toMatchObject([
      { type: "run", attributes: { name: "doc_writer", run: call.runId, status: "waiting" } },
    ]);
    await textWith(view.file, "### @doc_writer", `run=${call.runId}`, "status=waiting");
    await decide(call.runId, "accept", null);
    await textWith(view.file, "status=written", "Wrote `.codex/PRD.md`", "task-001");
    expect((await page.view(id)).messages[1]?.parts[0]?.attributes?.["status"]).toBe("written");
  });

  it("asked again shows the new run in the place of the old one", async () => {
    upstream.answer("Say nothing first", "");
    const id = newId();
    const call = called("Say nothing first");
    const sent = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/agent-runs`, call);
    expect(await ended(call.runId)).toMatchObject({ status: "refused" });
    upstream.answer("It was empty", answerOf(`${prd}\nAgain.\n`, target, "Wrote it."));
    const next = newUlid();
    await page.json("POST", `/api/agents/runs/${call.runId}/again`, { id: next, note: "It was empty" });
    expect(await ended(next)).toMatchObject({ status: "waiting", againOf: call.runId });
    const view = await until("the new run in the conversation", async () => {
      const now = await page.view(id);
      return now.messages[1]?.parts[0]?.attributes?.["status"] === "waiting" ? now : undefined;
    });
    expect(view.messages.map((message) => message.id)).toEqual([call.messageId, sent.messageId]);
    expect(view.messages[1]?.parts).toMatchObject([{ type: "run", attributes: { run: next } }]);
    await decide(next, "reject", null);
    await textWith(view.file, `run=${next}`, "status=rejected");
  });

  it("asked for as another version begins a new run of its own, with the same goal; the old answer stays", async () => {
    upstream.answer("Write it twice", answerOf(`${prd}\nTwice.\n`, target, "Wrote it."));
    const id = newId();
    const call = called("Write it twice");
    const sent = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/agent-runs`, call);
    const first = await ended(call.runId);
    await decide(call.runId, "reject", null);
    const again = { of: call.runId, runId: newUlid(), providerId, model: "writer" };
    const path = `/api/conversations/${id}/agent-runs/again`;
    const version = await page.json<{ messageId: string }>("POST", path, again);
    expect(await page.json("POST", path, again)).toEqual(version);
    const second = await ended(again.runId);
    expect(second).toMatchObject({ status: "waiting", againOf: call.runId, goal: first.goal, target });
    expect(second.input.files.map((file) => file.path)).toEqual(first.input.files.map((file) => file.path));
    const view = await until("the new run in the conversation", async () => {
      const now = await page.view(id);
      return now.messages[1]?.parts[0]?.attributes?.["status"] === "waiting" ? now : undefined;
    });
    expect(view.messages.map((message) => message.id)).toEqual([call.messageId, version.messageId]);
    expect(view.messages[1]).toMatchObject({ siblings: [sent.messageId, version.messageId] });
    expect(view.messages[1]?.parts).toMatchObject([{ type: "run", attributes: { run: again.runId } }]);
    await textWith(view.file, `run=${call.runId}`, `run=${again.runId}`, "status=rejected", "status=waiting");
    await decide(again.runId, "reject", null);
  });

  it("cannot be asked for again when the record of its run is gone: nothing is kept", async () => {
    const id = newId();
    const created = await page.create("Hello", { providerId, model: "writer" }, id);
    await page.ended(id, created.messageId);
    const again = { of: newUlid(), runId: newUlid(), providerId, model: "writer" };
    expect((await page.send("POST", `/api/conversations/${id}/agent-runs/again`, again)).status).toBe(404);
    expect((await page.view(id)).messages).toHaveLength(2);
  });

  it("that hands over shows the run which goes on as a further part of the same answer", async () => {
    upstream.answer("Plan from here", answerOf(board, boardPath, "Proposed one task."));
    upstream.answer(
      "You are `doc_writer`",
      answerOf(`${prd}\nPlanned.\n`, target, "Wrote it.", "Once complete, invoke planner"),
    );
    const id = newId();
    const call = called("Plan from here");
    const sent = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/agent-runs`, call);
    const first = await ended(call.runId);
    await decide(call.runId, "accept", first.change?.base ?? null);
    const next = await until("the run that goes on", async () => (await run(call.runId)).next?.runId);
    expect(await ended(next)).toMatchObject({ agent: "planner", status: "waiting", target: boardPath });
    const { file } = await page.view(id);
    await textWith(
      file,
      `status=written type=run name=doc_writer run=${call.runId}`,
      `status=waiting type=run name=planner run=${next}`,
    );
    await decide(next, "accept", null);
    await textWith(file, `status=written type=run name=planner run=${next}`);
    const answers = (await page.view(id)).messages.filter(({ role }) => role === "assistant");
    expect(answers.map((message) => message.id)).toEqual([sent.messageId]);
    expect(answers[0]?.parts.map(({ attributes }) => attributes?.["run"])).toEqual([call.runId, next]);
  });

  it("that cannot run keeps nothing in the conversation", async () => {
    const id = newId();
    const call = { ...called("Write."), agent: "nobody" };
    expect((await page.send("POST", `/api/conversations/${id}/agent-runs`, call)).status).toBe(404);
    expect((await page.send("GET", `/api/conversations/${id}`)).status).toBe(404);
  });

  it("goes on when the conversation is renamed or deleted meanwhile", async () => {
    for (const what of ["renamed", "deleted"] as const) {
      const goal = `Another text, ${what}`;
      upstream.answer(goal, answerOf(`${prd}\nThe file was ${what}.\n`, target, "Wrote it."));
      const id = newId();
      const call = called(goal);
      await page.json("POST", `/api/conversations/${id}/agent-runs`, call);
      const waiting = await ended(call.runId);
      const { file } = await page.json<ConversationView>("GET", `/api/conversations/${id}`);
      await textWith(file, "status=waiting");
      if (what === "renamed") await rename(file, join(places.folder, "conversations", "renamed.chat.md"));
      else await rm(file);
      const written = await decide(call.runId, "accept", waiting.change?.base ?? null);
      expect(written.status).toBe("written");
    }
    await textWith(join(places.folder, target), "The file was deleted.");
  });
});
