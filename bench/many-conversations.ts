/** A workspace of 100,000 conversations: how long the start, the list, the search and a recovery take. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ConversationPage } from "../shared/chat.ts";
import type { BenchContext, Section } from "./bench-context.ts";
import { type FolioProcess, startFolio, startSimulator } from "./bench-processes.ts";
import { writeManyConversations } from "./conversation-files.ts";
import { allOf, atMost, type Figure, told } from "./figure.ts";
import { percentile } from "./figures.ts";
import { FolioClient, newId } from "./folio-client.ts";

const COUNT = 100_000;
const QUICK_COUNT = 10_000;
const SEARCHES = ["lighthouse", "memory", "parser 4", "stream 99", "9999", "nothing of this name"];

const list = (client: FolioClient, query: string) =>
  client.get<ConversationPage>(`/api/conversations?limit=50${query}`);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function untilListed(client: FolioClient, count: number): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if ((await list(client, "")).total >= count) return;
    await pause(100);
  }
  throw new Error("the list did not become whole in five minutes");
}

async function listAndSearch(client: FolioClient, times: number): Promise<Figure[]> {
  const pages: number[] = [];
  const searches: number[] = [];
  let next: string | undefined;
  for (let time = 0; time < times; time += 1) {
    const after: string = next === undefined ? "" : `&after=${encodeURIComponent(next)}`;
    pages.push(
      await seconds(async () => {
        next = (await list(client, after)).next;
      }),
    );
    const query = SEARCHES[time % SEARCHES.length] ?? "";
    searches.push(await seconds(() => list(client, `&q=${encodeURIComponent(query)}`)));
  }
  return [
    atMost("P-9", "a page of the list, p95", percentile(pages, 0.95) * 1000, 50, "ms"),
    atMost("P-9", "a search, p95", percentile(searches, 0.95) * 1000, 50, "ms"),
  ];
}

/** Ends the process while an answer streams, starts it again and asks for that conversation. */
async function recovery(folio: FolioProcess, context: BenchContext, simulatorPort: number): Promise<Figure[]> {
  const client = new FolioClient(await folio.address(simulatorPort));
  const id = newId();
  await client.create(id, "sim:tokens=400,rate=20");
  await pause(3000);
  await folio.kill();
  client.close();
  const begun = performance.now();
  const again = await startFolio({ ...context, workspace: folio.workspace, home: folio.home });
  const reader = new FolioClient(await again.address(simulatorPort));
  const view = await reader.view(id);
  const recovered = (performance.now() - begun) / 1000;
  const answer = view.messages.at(-1);
  reader.close();
  await again.stop();
  return [
    atMost("P-9", "kill -9 in an answer, to the answer shown again", recovered, 3, "s"),
    allOf("P-9", "… shown as interrupted", answer?.status === "interrupted" ? 1 : 0, 1),
  ];
}

async function measure(context: BenchContext): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const count = context.isQuick ? QUICK_COUNT : COUNT;
  const workspace = join(context.folder, "many");
  mkdirSync(workspace);
  const written = await seconds(async () => writeManyConversations(workspace, count));
  context.say(`${count} conversations of 20 messages written in ${written.toFixed(0)} s`);
  const simulator = await startSimulator(context.folder);
  stack.defer(simulator.stop);
  const begun = performance.now();
  const first = await startFolio({ ...context, workspace });
  const client = new FolioClient(await first.address(simulator.port));
  await untilListed(client, count);
  const indexed = (performance.now() - begun) / 1000;
  const figures = [
    atMost("P-9", "index from nothing, whole list", indexed, 120, "s"),
    told("", "… first 200 meanwhile", first.readyMs / 1000, "s"),
    atMost("P-9", "memory at most while indexing", first.meter.peakMemoryMb(), 500, "MB"),
  ];
  client.close();
  await first.stop();
  const again = performance.now();
  const second = await startFolio({ ...context, workspace, home: first.home });
  const reader = new FolioClient(await second.address(simulator.port));
  await untilListed(reader, count);
  const started = (performance.now() - again) / 1000;
  const listed = await listAndSearch(reader, context.isQuick ? 50 : 200);
  await pause(5000);
  const memory = second.meter.memoryMb();
  reader.close();
  await second.stop();
  const third = await startFolio({ ...context, workspace, home: first.home });
  return [
    ...figures,
    atMost("P-9", "start with the index, to the whole list", started, 3, "s"),
    ...listed,
    atMost("P-9", "memory", memory, 500, "MB"),
    ...(await recovery(third, context, simulator.port)),
  ];
}

export const manyConversations: Section = {
  name: "many-conversations",
  title: "A workspace of 100,000 conversations",
  isLong: true,
  measure,
};
