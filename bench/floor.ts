/**
 * The least a server between an upstream and a browser can do: node:http in, each event of the upstream parsed, a small
 * JSON delta written out, nothing saved. The measure that Folio's figures are held against; run as its own process with
 * the upstream's port as argument.
 */
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface UpstreamChunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
}

function forward(upstream: IncomingMessage, response: ServerResponse): void {
  let rest = "";
  upstream.setEncoding("utf8");
  upstream.on("data", (text: string) => {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (event === "data: [DONE]") continue;
      const chunk = JSON.parse(event.slice(6)) as UpstreamChunk;
      const content = chunk.choices?.[0]?.delta?.content;
      if (content !== undefined) response.write(`data: ${JSON.stringify({ type: "delta", text: content })}\n\n`);
    }
  });
  upstream.on("end", () => response.end(`data: ${JSON.stringify({ type: "end" })}\n\n`));
}

export function createFloor(upstreamPort: number) {
  const agent = new Agent({ keepAlive: true });
  return createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces);
      const outgoing = httpRequest(
        {
          host: "127.0.0.1",
          port: upstreamPort,
          path: "/v1/chat/completions",
          method: "POST",
          agent,
          headers: { "content-type": "application/json", "content-length": body.length },
        },
        (upstream) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          forward(upstream, response);
        },
      );
      outgoing.on("error", () => response.destroy());
      response.on("close", () => outgoing.destroy());
      outgoing.end(body);
    });
  });
}

if (import.meta.main) {
  const server = createFloor(Number(process.argv[2]));
  server.listen(0, "127.0.0.1", 2048, () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on("disconnect", () => process.exit(0));
}
