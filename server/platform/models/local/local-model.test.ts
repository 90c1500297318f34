import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spawnProgram } from "../../spawn.ts";
import type { LanguageModel, ModelPart, ModelRequest } from "../language-model.ts";
import { createLocalModel, type LocalModel, type LocalModelOptions } from "./local-model.ts";
import { findLocalModelFiles } from "./local-model-files.ts";

/** A process that speaks the protocol without a model: the words of the question say what it does. */
const childSource = `
let stopped = 0;
process.on("disconnect", () => process.exit(0));
process.on("message", async ({ type, id, messages, modelFile }) => {
  if (type === "stop") { stopped = id; return; }
  const text = messages.at(-1).text;
  const say = (text) => process.send({ type: "text", id, text });
  if (text === "crash early") process.exit(7);
  if (text === "crash late") { say("half "); return setTimeout(() => process.exit(7), 50); }
  if (text === "fail") return process.send({ type: "failed", id, code: "too-large", title: "Too long." });
  if (text === "odd") { process.send({ type: "text", id, text: 7 }); process.send("?"); process.send({ type: "text", id: id + 9, text: "other" }); }
  if (text === "deaf") { say("deaf "); return; }
  if (text === "endless") { say("on "); while (stopped !== id) await new Promise((r) => setTimeout(r, 5)); }
  for (const piece of [String(process.pid), " ", modelFile, " ", Object.keys(process.env).join()]) say(piece);
  process.send({ type: "end", id, reason: "stop", inputTokens: 3, outputTokens: 4 });
});
`;

let folder: string;
const started: LocalModel[] = [];

async function start(changes: Partial<LocalModelOptions> = {}): Promise<LanguageModel> {
  const files = { runtime: "/nowhere", models: new Map([["tiny", "/models/tiny.gguf"]]) };
  const local = createLocalModel({ files, childScript: join(folder, "child.mjs"), spawn: spawnProgram, ...changes });
  started.push(local);
  return local.model;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "folio-local-"));
  await writeFile(join(folder, "child.mjs"), childSource);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((local) => local.close()));
  await rm(folder, { recursive: true, force: true });
});

const requestOf = (text: string, model = "tiny"): ModelRequest => ({ model, messages: [{ role: "user", text }] });

async function ask(model: LanguageModel, text: string, controller = new AbortController(), name = "tiny") {
  const parts: ModelPart[] = [];
  for await (const batch of model.stream(requestOf(text, name), controller.signal)) parts.push(...batch);
  const answer = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const last = parts.at(-1);
  return {
    answer,
    pid: answer.split(" ")[0],
    last,
    failure: last?.type === "failure" ? last.failure : undefined,
    parts,
  };
}

describe("the local model", () => {
  it("streams what its process says, then usage and the end", async () => {
    const { answer, parts } = await ask(await start(), "hello");
    expect(answer).toMatch(/^\d+ \/models\/tiny\.gguf /);
    expect(parts.slice(-2)).toEqual([
      { type: "usage", inputTokens: 3, outputTokens: 4 },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("gives its process nothing of our environment", async () => {
    const { answer } = await ask(await start(), "hello");
    expect(answer.split(" ")[2]).toBe("");
  });

  it("keeps its process for the next request, and ends it when it has been idle", async () => {
    const model = await start({ idleMs: 1_500 });
    const first = await ask(model, "hello");
    expect((await ask(model, "hello")).pid).toBe(first.pid);
    const isAlive = () => {
      try {
        return process.kill(Number(first.pid), 0);
      } catch {
        return false;
      }
    };
    await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
    expect((await ask(model, "hello")).pid).not.toBe(first.pid);
  });

  it("says that the process ended, and starts another for the next request", async () => {
    const model = await start();
    expect((await ask(model, "crash early")).failure).toEqual({
      code: "unavailable",
      title: "The process of the local model ended (code 7).",
    });
    const late = await ask(model, "crash late");
    expect(late.answer).toBe("half ");
    expect(late.failure).toMatchObject({ code: "cut", title: "The process of the local model ended (code 7)." });
    expect((await ask(model, "hello")).last).toEqual({ type: "finish", reason: "stop" });
  });

  it("says why the process cannot be started or what it could not do", async () => {
    const missing = await start({ childScript: join(folder, "missing.mjs") });
    expect((await ask(missing, "hello")).failure?.code).toBe("unavailable");
    const model = await start();
    expect((await ask(model, "fail")).failure).toEqual({ code: "too-large", title: "Too long." });
    expect((await ask(model, "hello", undefined, "huge")).failure).toMatchObject({ code: "not-found" });
  });

  it("does not listen to what is not about this answer, or not in the protocol", async () => {
    const { answer, last } = await ask(await start(), "odd");
    expect(answer).toMatch(/^\d+ /);
    expect(last).toEqual({ type: "finish", reason: "stop" });
  });

  it("just ends when it is stopped, and answers the next request in the same process", async () => {
    const model = await start();
    const { pid } = await ask(model, "hello");
    const controller = new AbortController();
    for await (const _ of model.stream(requestOf("endless"), controller.signal)) controller.abort();
    expect((await ask(model, "hello")).pid).toBe(pid);
    expect((await ask(model, "hello", aborted())).parts).toEqual([]);
  });

  it("ends a process that does not hear that it should stop", async () => {
    const model = await start();
    const { pid } = await ask(model, "hello");
    const controller = new AbortController();
    for await (const _ of model.stream(requestOf("deaf"), controller.signal)) controller.abort();
    expect((await ask(model, "hello")).pid).not.toBe(pid);
  });

  it("answers one request after the other, and skips one that was stopped while it waited", async () => {
    const model = await start();
    const first = new AbortController();
    const second = new AbortController();
    const reading = ask(model, "endless", first);
    const waiting = ask(model, "crash early", second);
    const third = ask(model, "hello");
    second.abort();
    expect((await waiting).parts).toEqual([]);
    setTimeout(() => first.abort(), 50);
    await reading;
    expect((await third).last).toEqual({ type: "finish", reason: "stop" });
  });
});

function aborted(): AbortController {
  const controller = new AbortController();
  controller.abort();
  return controller;
}

describe("the files of the local model", () => {
  it("are there when the runtime and a model are, and the models are named by their files", async () => {
    expect(await findLocalModelFiles(folder)).toBeUndefined();
    const runtime = join(folder, "node_modules", "node-llama-cpp", "dist");
    await mkdir(runtime, { recursive: true });
    await writeFile(join(runtime, "index.js"), "");
    expect(await findLocalModelFiles(folder)).toBeUndefined();
    await mkdir(join(folder, "models"));
    for (const name of ["b.gguf", "a.Q4.gguf", "notes.txt"]) await writeFile(join(folder, "models", name), "");
    const files = await findLocalModelFiles(folder);
    expect([...(files?.models.keys() ?? [])]).toEqual(["a.Q4", "b"]);
    expect(files?.models.get("b")).toBe(join(folder, "models", "b.gguf"));
  });
});
