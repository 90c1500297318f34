import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { modelsExample } from "../../tests/upstream/models-example.ts";
import { createEgress, type Egress } from "./egress.ts";
import { isThroughProxy } from "./proxy.ts";
import { createAddressRules } from "./public-address.ts";
import { readBody } from "./read-body.ts";

const connectTimeoutMs = 3000;
const closing: (() => unknown)[] = [];
const given = getCACertificates();

beforeAll(() => setDefaultCACertificates([...given, modelsExample.cert]));
afterAll(() => setDefaultCACertificates(given));
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

interface Seen {
  readonly connects: IncomingMessage[];
  /** What came on the proxy's side of the tunnels. */
  readonly bytes: Buffer[];
  readonly requests: IncomingMessage["headers"][];
}

/** A server for https, and a proxy that leads every name to it. */
async function world(): Promise<Seen & { readonly upstream: number; readonly proxy: number }> {
  const seen: Seen = { connects: [], bytes: [], requests: [] };
  const upstream = await listening(
    createTlsServer(modelsExample, (request, response) => {
      seen.requests.push(request.headers);
      const ms = request.url === "/slow" ? connectTimeoutMs + 500 : 0;
      setTimeout(() => response.end("from the server"), ms);
    }),
  );
  const proxy = createServer((_, response) => void response.writeHead(500).end());
  proxy.on("connect", (request: IncomingMessage, socket: Socket) => {
    seen.connects.push(request);
    socket.on("error", () => undefined);
    if (request.url?.startsWith("refused.")) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const tunnel = connect(upstream, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      socket.on("data", (bytes: Buffer) => seen.bytes.push(bytes)).pipe(tunnel);
      tunnel.pipe(socket);
    });
    tunnel.on("error", () => socket.destroy());
  });
  return { ...seen, upstream, proxy: await listening(proxy) };
}

function egressThrough(url: string, except: readonly string[] = [], isListed = true): Egress {
  const egress = createEgress({ allow: () => isListed, proxy: { url, except } });
  closing.push(() => egress.close());
  return egress;
}

async function ask(egress: Egress, url: string): Promise<string> {
  const headers = { authorization: "Bearer k" };
  const answer = await egress.open({ url, method: "POST", body: "{}", headers, connectTimeoutMs });
  if (answer.type === "failure") return `${answer.code}: ${answer.reason}`;
  const read = await readBody(answer.body, { limitBytes: 100, timeoutMs: 5000 });
  return read.type === "body" ? read.text : read.reason;
}

describe("a proxy", () => {
  it("is asked for the host and port of https, with its own name and password, and never sees a key", async () => {
    const { proxy, connects, bytes, requests } = await world();
    const egress = egressThrough(`http://name:word@127.0.0.1:${proxy}`);
    // Later than a connection may take to stand: it stands already.
    expect(await ask(egress, "https://models.example/slow")).toBe("from the server");
    expect(await ask(egress, "https://models.example/v1")).toBe("from the server");
    expect(connects.map(({ url }) => url)).toEqual(["models.example:443"]);
    expect(connects[0]?.headers["proxy-authorization"]).toBe(`Basic ${btoa("name:word")}`);
    expect(JSON.stringify(connects[0]?.headers)).not.toContain("Bearer");
    expect(Buffer.concat(bytes).includes("Bearer")).toBe(false);
    expect(requests.map(({ authorization }) => authorization)).toEqual(["Bearer k", "Bearer k"]);
    expect(JSON.stringify(requests)).not.toMatch(/proxy-authorization/i);
  });

  it("is not used for this computer, for http, and for what NO_PROXY names", async () => {
    const { proxy, upstream, connects } = await world();
    const plain = await listening(createServer((_, response) => void response.end("plain")));
    const egress = egressThrough(`http://127.0.0.1:${proxy}`, ["models.example"]);
    expect(await ask(egress, `https://localhost:${upstream}/`)).toBe("from the server");
    expect(await ask(egress, `https://127.0.0.1:${upstream}/`)).toBe("from the server");
    expect(await ask(egress, `http://127.0.0.1:${plain}/`)).toBe("plain");
    expect(await ask(egress, "https://api.models.example/")).toMatch(/^unreachable|^timed-out/);
    expect(connects).toEqual([]);
  });

  it("leads to no host that nobody listed", async () => {
    const { proxy, connects } = await world();
    expect(await ask(egressThrough(`http://127.0.0.1:${proxy}`, [], false), "https://models.example/")).toMatch(
      /^unreachable|^timed-out/,
    );
    expect(connects).toEqual([]);
  });

  it("is named when it is what fails, and cannot stand in for the server", async () => {
    const { proxy, requests } = await world();
    const egress = egressThrough(`http://127.0.0.1:${proxy}`);
    expect(await ask(egress, "https://refused.example/")).toBe(
      "unreachable: the proxy of HTTPS_PROXY did not connect to it (status 403)",
    );
    expect(await ask(egress, "https://other.example/")).toMatch(/^tls: /);
    const nobody = await listening(createServer());
    await closing.pop()?.();
    expect(await ask(egressThrough(`http://127.0.0.1:${nobody}`), "https://models.example/")).toBe(
      "unreachable: the proxy of HTTPS_PROXY cannot be reached: nothing is listening there",
    );
    expect(requests).toEqual([]);
  });
});

it.each([
  ["https://models.example/", [], true],
  ["https://8.8.8.8/", [], true],
  ["http://models.example/", [], false],
  ["https://localhost/", [], false],
  ["https://127.0.0.1:8443/", [], false],
  ["https://[::1]/", [], false],
  ["https://10.1.2.3/", [], false],
  ["https://[fd00::1]/", [], false],
  ["https://ollama:11434/", [], false],
  ["https://nas.local/", [], false],
  ["https://models.example/", ["*"], false],
  ["https://models.example/", ["MODELS.example"], false],
  ["https://api.models.example/", ["models.example"], false],
  ["https://api.models.example/", [".models.example"], false],
  ["https://api.models.example/", ["*.models.example"], false],
  ["https://mymodels.example/", ["models.example"], true],
  ["https://models.example/", ["models.example:8443", ""], true],
  ["https://models.example:8443/", ["models.example:8443"], false],
  ["https://[2606:4700::1]/", ["[2606:4700::1]:443"], false],
  ["https://[2606:4700::1]/", ["2606:4700::1"], false],
])("%s with NO_PROXY=%s goes through the proxy: %s", (url, except, isThrough) => {
  const settings = { url: "http://proxy.example:3128", except };
  expect(isThroughProxy(settings, new URL(url), createAddressRules())).toBe(isThrough);
});
