/**
 * What the model adapter costs: CPU seconds for 10,000 tokens and tokens a second, beside a bare node:http program that
 * parses each event and forwards its text, on the same upstream. `node bench/model-adapter.ts [ROUNDS]`
 */
import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { pathToFileURL } from "node:url";
import { createEgress, type Egress } from "../server/platform/egress.ts";
import type { OpenAiApi } from "../server/platform/models/openai/base-url.ts";
import { openAiModel } from "../server/platform/models/openai/openai-model.ts";

interface Load {
  readonly name: string;
  readonly streams: number;
  readonly tokens: number;
  readonly everyMs: number;
}

/** Takes one whole answer and gives the number of bytes it would have forwarded. */
type Contender = (baseUrl: string, api: OpenAiApi) => Promise<number>;

interface Cost {
  readonly cpuPer10k: number;
  readonly tokensPerSecond: number;
}

const loads: readonly Load[] = [
  { name: "one stream, as fast as it goes", streams: 1, tokens: 200_000, everyMs: 0 },
  { name: "200 streams, 20 tokens/s each", streams: 200, tokens: 100, everyMs: 50 },
];

interface AnyEvent {
  readonly delta?: unknown;
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
}

/** The least that can be done: split, parse, write a small delta. No fault is looked for. */
function bare(agent: Agent): Contender {
  return (baseUrl, api) =>
    new Promise((resolve, reject) => {
      const path = api === "responses" ? "/responses" : "/chat/completions";
      const asking = request(`${baseUrl}${path}`, { method: "POST", agent }, (response) => {
        let rest = "";
        let forwarded = 0;
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          const events = (rest + piece).split("\n\n");
          rest = events.pop() ?? "";
          for (const event of events) {
            const at = event.indexOf("data: ");
            if (event.endsWith("[DONE]")) continue;
            const json = JSON.parse(event.slice(at + 6)) as AnyEvent;
            const text = typeof json.delta === "string" ? json.delta : json.choices?.[0]?.delta?.content;
            if (text !== undefined) forwarded += `data: ${JSON.stringify({ type: "text", text })}\n\n`.length;
          }
        });
        response.on("end", () => resolve(forwarded));
        response.on("error", reject);
      });
      asking.on("error", reject);
      asking.end("{}");
    });
}

function adapter(egress: Egress): Contender {
  return async (baseUrl, api) => {
    const model = openAiModel({ baseUrl, api, egress });
    const asked = { model: "bench", messages: [{ role: "user" as const, text: "Go" }] };
    let forwarded = 0;
    for await (const parts of model.stream(asked, new AbortController().signal)) {
      for (const part of parts) {
        if (part.type === "failure") throw new Error(part.failure.title);
        forwarded += `data: ${JSON.stringify(part)}\n\n`.length;
      }
    }
    return forwarded;
  };
}

async function measure(contender: Contender, port: number, api: OpenAiApi, load: Load): Promise<Cost> {
  const baseUrl = `http://127.0.0.1:${port}/${api === "responses" ? "r" : "c"}/${load.tokens}/${load.everyMs}`;
  const tokens = load.streams * load.tokens;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: load.streams }, () => contender(baseUrl, api)));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuPer10k: (((user + system) / 1e6) * 10_000) / tokens, tokensPerSecond: tokens / seconds };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function row(cells: readonly string[]): string {
  const [name = "", ...numbers] = cells;
  return `${name.padEnd(34)}${numbers.map((cell) => cell.padStart(14)).join("")}`;
}

/** The rounds of the two take turns, so that a busy moment of the machine hits both; the medians are shown. */
async function compare(port: number, api: OpenAiApi, load: Load, rounds: number): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const egress = createEgress({ allow: () => true });
  const contenders = { bare: bare(agent), adapter: adapter(egress) };
  const costs: Record<keyof typeof contenders, Cost[]> = { bare: [], adapter: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ["bare", "adapter"] as const) {
      const cost = await measure(contenders[name], port, api, load);
      if (round > 0) costs[name].push(cost);
    }
  }
  agent.destroy();
  egress.close();
  console.log(`\n${api}: ${load.name}`);
  console.log(row(["", "CPU s/10k", "tokens/s"]));
  for (const name of ["bare", "adapter"] as const) {
    const cpu = median(costs[name].map((cost) => cost.cpuPer10k));
    const speed = median(costs[name].map((cost) => cost.tokensPerSecond));
    console.log(row([name, cpu.toFixed(4), Math.round(speed).toLocaleString("en")]));
  }
  const ratio = median(costs.adapter.map((cost, index) => cost.cpuPer10k / (costs.bare[index]?.cpuPer10k ?? 1)));
  console.log(row(["adapter / bare (target ≤ 1.5)", ratio.toFixed(2), ""]));
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 7);
  const upstream = fork(new URL("./model-adapter-upstream.ts", import.meta.url));
  const port = await new Promise<number>((resolve) => upstream.once("message", (message) => resolve(Number(message))));
  for (const api of ["chat-completions", "responses"] as const) {
    for (const load of loads) await compare(port, api, load, rounds);
  }
  upstream.disconnect();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
