/** The upstream of the adapter's bench, a process of its own: tokens as fast as they are read, or at a steady pace. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";

const frameEnd = '},"logprobs":null,"finish_reason":null}]}\n\n';

function chatFrame(text: string): string {
  return `data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1741569952,"model":"bench","service_tier":"default","system_fingerprint":"fp_2a34","choices":[{"index":0,"delta":{"content":${JSON.stringify(text)}${frameEnd}`;
}

function responsesFrame(text: string, sequence: number): string {
  return `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","item_id":"msg_67c9fdcf37fc8190ba82116e33fb28c5","output_index":0,"content_index":0,"delta":${JSON.stringify(text)},"sequence_number":${sequence},"obfuscation":"k3Jd"}\n\n`;
}

const chatEnd =
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":1}}\n\ndata: [DONE]\n\n';
const responsesEnd =
  'event: response.completed\ndata: {"type":"response.completed","response":{"status":"completed","output":[],"usage":{"input_tokens":9,"output_tokens":1}}}\n\n';

interface Asked {
  readonly isResponses: boolean;
  readonly tokens: number;
  /** Milliseconds between two tokens; 0 for as fast as they are read. */
  readonly everyMs: number;
}

function frames({ isResponses, tokens }: Asked, from: number, count: number): string {
  let text = "";
  for (let index = from; index < Math.min(tokens, from + count); index += 1) {
    text += isResponses ? responsesFrame(` word${index}`, index) : chatFrame(` word${index}`);
  }
  return text;
}

async function answerFast(response: ServerResponse, asked: Asked): Promise<void> {
  for (let sent = 0; sent < asked.tokens; sent += 250) {
    if (!response.write(frames(asked, sent, 250))) await new Promise((resolve) => response.once("drain", resolve));
  }
  response.end(asked.isResponses ? responsesEnd : chatEnd);
}

function answerPaced(response: ServerResponse, asked: Asked): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent === asked.tokens) {
      clearInterval(timer);
      response.end(asked.isResponses ? responsesEnd : chatEnd);
      return;
    }
    response.write(frames(asked, sent, 1));
    sent += 1;
  }, asked.everyMs);
}

function listen(): void {
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      const [, isResponses, tokens, everyMs] = /\/(r|c)\/(\d+)\/(\d+)\//.exec(request.url ?? "") ?? [];
      const asked = { isResponses: isResponses === "r", tokens: Number(tokens), everyMs: Number(everyMs) };
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (asked.everyMs > 0) answerPaced(response, asked);
      else void answerFast(response, asked);
    });
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.once("disconnect", () => process.exit());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) listen();
