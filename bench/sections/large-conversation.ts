import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ConversationView } from "../../shared/chat.ts";
import type { Section } from "../bench-context.ts";
import { startFolio, startSimulator } from "../bench-processes.ts";
import { numberedId, writeConversation } from "../conversation-files.ts";
import { atMost, told } from "../figure.ts";
import { median } from "../figures.ts";
import { FolioClient } from "../folio-client.ts";

const MESSAGES = 1248;
const BYTES = 36 * 1024 * 1024;

async function timed<Value>(work: () => Promise<Value>): Promise<{ readonly value: Value; readonly ms: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, ms: performance.now() - begun };
}

/** When the newest request for an answer reached the simulator, on the clock of the whole machine. */
async function lastAsked(simulatorPort: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${simulatorPort}/asked`);
  return ((await answer.json()) as { at: number }).at;
}

export const largeConversation: Section = {
  name: "large-conversation",
  title: "One conversation of 36 MB in 1,248 messages",
  async measure({ folder, server, say }) {
    await using stack = new AsyncDisposableStack();
    const workspace = join(folder, "large");
    mkdirSync(workspace);
    const id = numberedId("c", 1);
    const shape = { id, title: "A very long one", messages: MESSAGES, bytesPerMessage: BYTES / MESSAGES, seed: 1 };
    const file = writeConversation(workspace, shape);
    say(`${(statSync(file).size / 2 ** 20).toFixed(1)} MB in ${MESSAGES} messages`);
    const simulator = await startSimulator(folder);
    stack.defer(simulator.stop);
    const folio = await startFolio({ folder, server, workspace });
    stack.defer(folio.stop);
    const address = await folio.address(simulator.port);
    const client = new FolioClient(address);
    const open = () => client.get<ConversationView>(`/api/conversations/${id}?limit=100`);
    const cold = await timed(open);
    const warm: number[] = [];
    for (let time = 0; time < 5; time += 1) warm.push((await timed(open)).ms);
    const toUpstream: number[] = [];
    const acknowledged: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { head } = await client.view(id);
      const sent = performance.timeOrigin + performance.now();
      acknowledged.push((await timed(() => client.send(id, head, "sim:tokens=5"))).ms);
      for (let view = await client.view(id); view.isRunning; view = await client.view(id)) await pause(50);
      toUpstream.push((await lastAsked(simulator.port)) - sent);
    }
    client.close();
    return [
      atMost("P-10", "open for the first time", cold.ms, 500, "ms"),
      told("", "open again", median(warm), "ms"),
      atMost("P-10", "send to upstream request", median(toUpstream), 50, "ms"),
      told("", "acknowledged", median(acknowledged), "ms"),
      told("", "memory", folio.meter.memoryMb(), "MB"),
    ];
  },
};

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
