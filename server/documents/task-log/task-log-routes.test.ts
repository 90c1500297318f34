import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemFrom, problemResponse } from "../../platform/http/problem-response.ts";
import { LOG, type LogRig, openLogRig } from "./task-log-rig.ts";

let rig: LogRig;
let address: string;
let close: () => void;

beforeEach(async () => {
  rig = await openLogRig();
  const app = new Hono().route("/", rig.log.routes as unknown as Hono);
  app.onError((error) => problemResponse(problemFrom(error)));
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});
afterEach(async () => {
  close();
  await rig.close();
});

const get = async (path: string) => {
  const response = await fetch(`${address}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const post = async (path: string, body: unknown) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("an entry is appended, listed, found, and the log is viewed", async () => {
  const asked = {
    agent: "a",
    summary: "Did it.",
    outputFiles: ["a.md"],
    proposal: "pt-abc123",
    feedback: "fb-a, fb-b",
  };
  const { status, body } = await post("/task-log/entries", asked);
  expect([status, body]).toEqual([200, { outcome: "appended", taskId: "task-001", ref: expect.any(String) }]);
  expect((await get(`/task-log/entry?ref=${String(body["ref"])}`)).body).toMatchObject({ summary: "Did it." });
  expect((await get("/task-log")).body).toMatchObject({ path: LOG, counts: { entries: 1 } });
  for (const query of [
    "",
    "?proposal=pt-abc123",
    "?file=a.md",
    "?q=did",
    "?agent=a&status=completed",
    "?count=500",
    "?feedback=fb-x&feedback=fb-b",
  ]) {
    expect([query, (await get(`/task-log/items${query}`)).body]).toMatchObject([query, { total: 1 }]);
  }
  for (const query of [
    "?proposal=pt-other1",
    "?feedback=fb-",
    "?file=b.md",
    "?q=undone",
    "?status=failed",
    "?problems=1",
  ]) {
    expect([query, (await get(`/task-log/items${query}`)).body]).toMatchObject([query, { total: 0 }]);
  }
});

test.each(["count=0", "count=501", "from=-1", "from=1.5", "count=x"])("%s is a bad request", async (query) => {
  expect(await get(`/task-log/items?${query}`)).toMatchObject({ status: 400, body: { code: "bad-request" } });
});

test("what does not fit is refused with a problem and writes nothing", async () => {
  for (const wrong of [{ agent: "", summary: "x", outputFiles: [] }, { agent: "a", summary: "x" }, [], "x"]) {
    expect((await post("/task-log/entries", wrong)).status).toBe(400);
  }
  expect((await get("/task-log")).body).toMatchObject({ exists: false });
  expect((await get("/task-log?path=.codex/auth.json")).status).toBe(403);
  expect((await get("/task-log/entry?ref=none")).status).toBe(404);
});

test("a broken log is previewed, repaired and acknowledged by its revision", async () => {
  await rig.put(LOG, '[{"task_id":"task-001"}');
  const { body } = await get("/task-log");
  const preview = await post("/task-log/repair/preview", { base: body["revision"] });
  expect([preview.status, preview.body]).toMatchObject([200, { kept: 1, invalidKept: 0 }]);
  expect((await post("/task-log/repair", { base: "0".repeat(64) })).status).toBe(409);
  const repaired = await post("/task-log/repair", { base: body["revision"], sides: "ours" });
  expect(repaired.body).toEqual({ backup: expect.stringContaining(`${LOG}.bak-`), revision: expect.any(String) });
  expect((await post("/task-log/acknowledge", { revision: repaired.body["revision"] })).status).toBe(200);
  await rig.put(LOG, "[]");
  const { history } = (await get("/task-log")).body as { history: { lost: { ref: string }[] } };
  expect((await post("/task-log/restore", { refs: [history.lost[0]?.ref] })).body).toEqual({ appended: 1 });
});
