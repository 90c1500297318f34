import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PageClient, textOf } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { until } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeEach(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await upstream.close();
  await removePlaces(places);
});

/** Few words: the scripted server says each by itself. */
const line = `Grüße,日本,${"long".repeat(60)}\n`;
const long = `~~~ first line with an open fence\n${line.repeat(1300)}`;

async function restart(): Promise<void> {
  const { port } = folio;
  await folio.stop("SIGTERM");
  folio = await RunningFolio.start(places, { port });
}

interface Asked {
  readonly id: string;
  readonly answerId: string;
  readonly file: string;
  readonly folder: string;
}

/** A long question and the same as its answer, both in the file. */
async function asked(text: string, model = "fault:echo"): Promise<Asked> {
  const sent = await page.create(text, { providerId, model });
  await page.ended(sent.conversationId, sent.messageId);
  const { file } = await page.view(sent.conversationId);
  await until("a file with the end of the answer", async () => {
    const content = await readFile(file, "utf8").catch(() => "status=streaming");
    return content.includes("status=streaming") ? undefined : true;
  });
  const folder = file.replace(/\.chat\.md$/, ".files");
  return { id: sent.conversationId, answerId: sent.messageId, file, folder };
}

async function textsOf(id: string): Promise<readonly string[]> {
  return (await page.view(id)).messages.map(textOf);
}

async function reasonsOf(id: string): Promise<readonly string[]> {
  return (await page.view(id)).problems.map(({ reason }) => reason);
}

/** Side files of equal texts have names of their own. */
async function sideFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
}

describe("a question and an answer of more than 256 KiB", () => {
  it("stand whole in files beside a small conversation, and page and model get all of them", async () => {
    const { id, file, folder, answerId } = await asked(long);
    const content = await readFile(file, "utf8");
    expect(Buffer.byteLength(content)).toBeLessThan(10_000);
    expect(content.match(/ type=text src=/g)).toHaveLength(2);
    expect(content).toContain(`](${basename(folder)}/`);
    const files = await sideFiles(folder);
    expect(files).toHaveLength(2);
    for (const each of files) {
      expect(await readFile(each, "utf8")).toBe(long);
      const sha256 = createHash("sha256").update(long).digest("hex");
      expect(content).toContain(
        `src=${basename(folder)}/${basename(each)} mime=text/markdown bytes=${Buffer.byteLength(long)} sha256=${sha256}`,
      );
    }
    expect(await textsOf(id)).toEqual([long, long]);
    await restart();
    expect(await textsOf(id)).toEqual([long, long]);
    const { title, problems } = await page.view(id);
    expect(title).toBe("first line with an open fence");
    expect(problems).toEqual([]);
    const next = {
      messageId: "0123456789",
      parent: answerId,
      text: "and now?",
      providerId,
      model: "fault:echo-messages",
    };
    const sent = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/messages`, next);
    const told = JSON.parse(textOf(await page.ended(id, sent.messageId))) as { content: string }[];
    expect(told.map(({ content: said }) => said)).toEqual([long, long, "and now?"]);
  });

  it("keeps every character of a text with CR and NUL, and one that is no exact UTF-8 in the conversation", async () => {
    const odd = `\u0000first\r\nsecond\rthird\ufeff\u2028${"x\r\n".repeat(100_000)} end  `;
    const lone = `${"y".repeat(300_000)}\ud800`;
    const one = await asked(odd, "fault:empty");
    const other = await asked(lone, "fault:empty");
    expect(await readFile((await sideFiles(one.folder))[0] ?? "", "utf8")).toBe(odd);
    await expect(readdir(other.folder)).rejects.toThrow("ENOENT");
    await restart();
    expect((await textsOf(one.id))[0]).toBe(odd);
    expect((await textsOf(other.id))[0]).toBe(lone);
  });

  it("are shown by their beginning, with a problem, while their files are gone or say something else", async () => {
    const { id, folder } = await asked(long);
    const [one = "", other = ""] = await sideFiles(folder);
    await rename(one, `${one}.away`);
    await writeFile(other, "something else");
    await restart();
    expect([...(await reasonsOf(id))].sort()).toEqual(["side-changed", "side-missing"]);
    for (const text of await textsOf(id)) {
      expect(text).toContain("first line with an open fence");
      expect(text.split("\n").length).toBeLessThanOrEqual(20);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
    }
    await rename(`${one}.away`, one);
    await rm(other);
    await writeFile(other, long);
    expect(await reasonsOf(id)).toEqual([]);
    expect(await textsOf(id)).toEqual([long, long]);
  });

  it("go into the trash with their conversation and come back with it", async () => {
    const { id, file, folder } = await asked(long);
    const before = await readFile(file);
    const files = await sideFiles(folder);
    const { restore } = await page.json<{ restore: string }>("DELETE", `/api/conversations/${id}`, {});
    expect(await sideFiles(folder)).toEqual([]);
    await page.json("POST", "/api/conversations/restore", { restore });
    expect((await readFile(file)).equals(before)).toBe(true);
    expect(await sideFiles(folder)).toEqual(files);
    expect(await textsOf(id)).toEqual([long, long]);
  });

  it("are found when the conversation was renamed with its folder, and missed when alone", async () => {
    const { id, file, folder } = await asked(long);
    const renamed = file.replace(basename(file), "other name.chat.md");
    await rename(file, renamed);
    await until("the file at its new place", async () =>
      (await page.view(id).catch(() => undefined))?.file === renamed ? true : undefined,
    );
    expect(await reasonsOf(id)).toEqual(["side-missing", "side-missing"]);
    await rename(folder, join(folder, "..", "other name.files"));
    expect(await reasonsOf(id)).toEqual([]);
    expect(await textsOf(id)).toEqual([long, long]);
  });

  it("are whole after a crash right after the end of the answer, whichever of the files has them", async () => {
    const sent = await page.create(long, { providerId, model: "fault:echo" });
    await page.ended(sent.conversationId, sent.messageId);
    const { port } = folio;
    await folio.stop("SIGKILL");
    folio = await RunningFolio.start(places, { port });
    expect(await textsOf(sent.conversationId)).toEqual([long, long]);
    const { file } = await page.view(sent.conversationId);
    expect((await stat(file).catch(() => undefined))?.isFile() ?? true).toBe(true);
  });
});

it("goes on with a long answer that broke off, and keeps the whole of it beside the file", async () => {
  const { id, answerId, folder, file } = await asked(long);
  const sent = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/runs`, {
    kind: "continue",
    parent: answerId,
    providerId,
    model: "fault:echo",
  });
  const answer = await page.ended(id, sent.messageId);
  const text = textOf(answer);
  expect(text.startsWith(long)).toBe(true);
  expect(text.length).toBeGreaterThan(long.length);
  await until("the file", async () => ((await readFile(file, "utf8")).includes("status=streaming") ? undefined : true));
  expect(await Promise.all((await sideFiles(folder)).map((each) => readFile(each, "utf8")))).toContain(text);
  await restart();
  expect((await textsOf(id))[1]).toBe(text);
});
