/** An editor saves a conversation's file again and again, at any moment, while Folio writes an answer into it. */
import { readFileSync } from "node:fs";
import { appendFile, readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConversationView } from "../../shared/chat.ts";
import { newId, type PageClient, pause, textOf } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, until } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

const editsOfOne = 10;
const longestPauseMs = 700;

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeAll(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterAll(async () => {
  await folio?.stop("SIGKILL");
  await upstream?.close();
  await removePlaces(places);
});

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const edits: readonly ((text: string, word: string) => string)[] = [
  (text, word) => text.replace("\n\nfirst question", `\n\nfirst question ${word}`),
  (text, word) => text.replace("\n\ncount", `\n\ncount ${word}`),
  (text, word) => `${text}### You <!-- message role=user -->\n\nadded ${word}\n\n`,
];

const saves: readonly ((file: string, text: string, random: () => number) => Promise<void>)[] = [
  (file, text) => writeFile(file, text),
  async (file, text, random) => {
    const at = Math.floor(random() * text.length);
    await truncate(file, 0);
    await appendFile(file, text.slice(0, at));
    await pause(random() * 100);
    await appendFile(file, text.slice(at));
  },
  async (file, text) => {
    await writeFile(`${file}.editor`, text);
    await rename(`${file}.editor`, file);
  },
];

async function growing(): Promise<{ id: string; answerId: string; runId: string; file: string }> {
  const first = await page.create("first question", { providerId, model: "fault:fine" });
  const id = first.conversationId;
  await page.ended(id, first.messageId);
  const body = { messageId: newId(), parent: first.messageId, text: "count", providerId, model: "fault:never-ends" };
  const run = await page.json<typeof first>("POST", `/api/conversations/${id}/messages`, body);
  const { file } = await page.view(id);
  await textWith(file, "count");
  return { id, answerId: run.messageId, runId: run.runId, file };
}

const without = (view: ConversationView) => view.messages.map(({ role, parts }) => `${role}: ${parts[0]?.text}`);

it.each([1, 2, 3, 4])("loses nothing of either and doubles nothing, however it is saved (seed %i)", async (seed) => {
  const random = randomFrom(seed * 7919);
  const pick = <Value>(of: readonly Value[]): Value => of[Math.floor(random() * of.length)] as Value;
  const { id, answerId, runId, file } = await growing();
  const words: string[] = [];
  const seen = (): unknown => [
    words,
    "in the file:",
    readFileSync(file, "utf8").match(/edit-\d+\./g),
    folio.output().slice(-800),
  ];
  for (let count = 0; count < editsOfOne; count += 1) {
    await pause(random() * longestPauseMs);
    const word = `edit-${count}.`;
    const change = pick(edits);
    const read = await readFile(file, "utf8");
    // What an editor shows may be a while old when it is saved; what was saved before is in it.
    await pause(random() * 50);
    await pick(saves)(file, change(read, word), random);
    words.push(word);
    await until(
      `${word} on the page`,
      async () => (without(await page.view(id)).some((text) => text.includes(word)) ? true : undefined),
      seen,
    );
  }
  await page.json("POST", `/api/runs/${runId}/stop`, {});
  const answer = textOf(await page.ended(id, answerId));
  const whole = await textWith(file, "status=stopped", answer.trimEnd(), ...words);
  for (const word of words) expect([word, whole.split(word).length - 1]).toEqual([word, 1]);
  expect(whole).not.toContain("replaces=");
  expect(whole.match(/token 1 /g)).toHaveLength(1);
  expect(whole.match(/first question/g)).toHaveLength(2);
  const tokens = Array.from({ length: answer.split("token ").length - 1 }, (_, token) => `token ${token + 1} `);
  expect(answer).toBe(tokens.join(""));
  const own = basename(file, ".chat.md");
  expect((await readdir(dirname(file))).filter((name) => name.startsWith(`${own} (before`))).toEqual([]);
});
