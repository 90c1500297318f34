import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { selfSigned } from "../../tests/upstream/self-signed.ts";
import { createEgress, type Egress, type EgressRequest, hostPortOf } from "./egress.ts";
import { readBody } from "./read-body.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listening(server: Server | SocketServer, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closing.push(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function serve(listener: RequestListener, host?: string): Promise<number> {
  return listening(createServer(listener), host);
}

function egressTo(...hostPorts: readonly string[]): Egress {
  const egress = createEgress({ allow: (hostPort) => hostPorts.includes(hostPort) });
  closing.push(() => egress.close());
  return egress;
}

/** What became of a request, in one word: a status, or a failure's code. */
async function outcome(egress: Egress, request: EgressRequest): Promise<number | string> {
  const answer = await egress.open(request);
  if (answer.type === "failure") return answer.code;
  answer.body.resume();
  return answer.status;
}

const ok: RequestListener = (_request, response) => void response.end("ok");

describe("addresses", () => {
  it("refuses this machine and every private network, in every spelling, before it connects", async () => {
    const seen: string[] = [];
    const port = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.end();
    });
    const hosts = [
      "127.0.0.1",
      "localhost",
      "LOCALHOST",
      "127.1",
      "0x7f.0.0.1",
      "0x7f000001",
      "2130706433",
      "017700000001",
      "127.0.0.1.",
      "１２７.0.0.1",
      "0.0.0.0",
      "0",
      "[::1]",
      "[::]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[64:ff9b::7f00:1]",
      "10.0.0.1",
      "172.16.0.1",
      "192.168.0.1",
      "100.64.0.1",
      "169.254.169.254",
      "[fd00:ec2::254]",
      "[fe80::1]",
      "224.0.0.1",
      "255.255.255.255",
    ];
    const egress = egressTo();
    const outcomes = await Promise.all(hosts.map((host) => outcome(egress, { url: `http://${host}:${port}/` })));
    expect(outcomes).toEqual(hosts.map(() => "refused-address"));
    expect(seen).toEqual([]);
  });

  it("lets a request through to exactly the host and port that are listed", async () => {
    const port = await serve(ok);
    const other = await serve(ok);
    const egress = egressTo(`127.0.0.1:${port}`);
    expect(await outcome(egress, { url: `http://127.0.0.1:${port}/` })).toBe(200);
    expect(await outcome(egress, { url: `http://0x7f.1:${port}/` })).toBe(200);
    expect(await outcome(egress, { url: `http://127.0.0.1:${other}/` })).toBe("refused-address");
    expect(await outcome(egress, { url: `http://localhost:${port}/` })).toBe("refused-address");
  });

  it("lets a listed name lead to this machine", async () => {
    const port = await serve(ok);
    expect(await outcome(egressTo(`localhost:${port}`), { url: `http://localhost:${port}/` })).toBe(200);
  });

  it("asks the list again for each request, also when a connection is open", async () => {
    const port = await serve(ok);
    let isListed = true;
    const egress = createEgress({ allow: () => isListed });
    closing.push(() => egress.close());
    expect(await outcome(egress, { url: `http://localhost:${port}/` })).toBe(200);
    isListed = false;
    expect(await outcome(egress, { url: `http://localhost:${port}/` })).toBe("refused-address");
  });

  it.each([
    ["file:///etc/passwd", "bad-url"],
    ["ftp://example.org/", "bad-url"],
    ["data:text/plain,hello", "bad-url"],
    ["not an address", "bad-url"],
    ["http://user:pass@example.org/", "bad-url"],
    ["http://1.1.1.1:22/", "refused-address"],
    ["http://1.1.1.1:25/", "refused-address"],
  ])("refuses %s", async (url, code) => {
    expect(await outcome(egressTo(), { url })).toBe(code);
  });

  it("tells of each refusal, for the log", async () => {
    const refused: string[] = [];
    const egress = createEgress({ onRefused: (reason) => void refused.push(reason) });
    await outcome(egress, { url: "http://127.0.0.1:8080/" });
    await outcome(egress, { url: "http://localhost:8080/" });
    await outcome(egress, { url: "ftp://example.org/" });
    expect(refused).toEqual(["it is a private address", "it leads to a private address"]);
  });

  it("does not throw for a header that cannot be sent", async () => {
    const headers = { authorization: "Bearer a\r\nx: b" };
    expect(await outcome(egressTo("127.0.0.1:9"), { url: "http://127.0.0.1:9/", headers })).toBe("bad-url");
  });

  it("writes host and port in one form", () => {
    expect(hostPortOf("HTTP://LocalHost/v1")).toBe("localhost:80");
    expect(hostPortOf("https://[::1]/")).toBe("[::1]:443");
    expect(hostPortOf("http://0x7f.1:8080")).toBe("127.0.0.1:8080");
  });
});

describe("redirects", () => {
  async function chain(
    target: (port: number) => string,
  ): Promise<{ port: number; seen: IncomingMessage["headers"][] }> {
    const seen: IncomingMessage["headers"][] = [];
    const port: number = await serve((request, response) => {
      seen.push(request.headers);
      const left = Number(/\d+/.exec(request.url ?? "")?.[0] ?? 0);
      if (left === 0) return void response.end("there");
      response.writeHead(302, { location: left === 1 ? target(port) : `/${left - 1}` }).end();
    });
    return { port, seen };
  }

  it("follows three for a GET and no more, and none for a POST", async () => {
    const { port } = await chain(() => "/0");
    const egress = egressTo(`127.0.0.1:${port}`);
    expect(await outcome(egress, { url: `http://127.0.0.1:${port}/3` })).toBe(200);
    expect(await outcome(egress, { url: `http://127.0.0.1:${port}/4` })).toBe("redirected");
    expect(await outcome(egress, { url: `http://127.0.0.1:${port}/1`, method: "POST", body: "{}" })).toBe("redirected");
  });

  it.each([
    "http://localhost:PORT/",
    "http://169.254.169.254/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "//[::1]:PORT/",
  ])("checks a redirect to %s as it checks any address", async (target) => {
    const { port } = await chain((own) => target.replace("PORT", String(own)));
    const expected = /^(http|\/\/)/.test(target) ? "refused-address" : "bad-url";
    expect(await outcome(egressTo(`127.0.0.1:${port}`), { url: `http://127.0.0.1:${port}/1` })).toBe(expected);
  });

  it("takes the key along within an origin and leaves it behind at its border", async () => {
    const headers = { authorization: "Bearer k", "x-api-key": "k", cookie: "k=1", accept: "text/plain" };
    const away = await chain(() => "/0");
    const home = await chain(() => `http://127.0.0.1:${away.port}/0`);
    const egress = egressTo(`127.0.0.1:${home.port}`, `127.0.0.1:${away.port}`);
    expect(await outcome(egress, { url: `http://127.0.0.1:${home.port}/2`, headers })).toBe(200);
    expect(home.seen.map(({ authorization }) => authorization)).toEqual(["Bearer k", "Bearer k"]);
    expect(away.seen[0]).toMatchObject({ accept: "text/plain" });
    expect(Object.keys(away.seen[0] ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
    expect(JSON.stringify(away.seen[0])).not.toMatch(/Bearer|k=1|x-api-key/);
  });
});

describe("time, abort and connections", () => {
  it("gives up when no connection stands or no headers come in time", async () => {
    const silent = await listening(createSocketServer((socket) => void socket.on("error", () => undefined).resume()));
    const egress = egressTo(`127.0.0.1:${silent}`);
    const noHeaders = await egress.open({ url: `http://127.0.0.1:${silent}/`, headersTimeoutMs: 40 });
    expect(noHeaders).toMatchObject({ code: "timed-out", reason: "it did not answer within 0 s" });
    // A TLS handshake that is never answered is a connection that never stands.
    const noHandshake = await egress.open({ url: `https://127.0.0.1:${silent}/`, connectTimeoutMs: 40 });
    expect(noHandshake).toMatchObject({ code: "timed-out", reason: "it could not be connected to within 0 s" });
  });

  it("closes the socket at once when it is stopped, before and within the answer", async () => {
    const closed: Promise<void>[] = [];
    const port = await serve((request, response) => {
      closed.push(new Promise((resolve) => request.socket.once("close", () => resolve())));
      if (request.url === "/body") response.write("a piece");
    });
    const egress = egressTo(`127.0.0.1:${port}`);
    const before = new AbortController();
    const opening = egress.open({ url: `http://127.0.0.1:${port}/`, signal: before.signal });
    while (closed.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    before.abort();
    expect(await opening).toMatchObject({ type: "failure", code: "aborted" });
    const within = new AbortController();
    const answer = await egress.open({ url: `http://127.0.0.1:${port}/body`, signal: within.signal });
    const broken = answer.type === "response" && new Promise((resolve) => answer.body.resume().once("error", resolve));
    within.abort();
    expect(await broken).toBeInstanceOf(Error);
    expect(await Promise.all(closed)).toHaveLength(2);
    expect(await outcome(egress, { url: `http://127.0.0.1:${port}/`, signal: AbortSignal.abort() })).toBe("aborted");
  });

  it("uses a connection again, and a fresh one when the server has closed it meanwhile", async () => {
    let connections = 0;
    const server = createSocketServer((socket) => {
      connections += 1;
      let requests = 0;
      socket.on("error", () => undefined);
      socket.on("data", () => {
        requests += 1;
        if (requests === 3) socket.resetAndDestroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
      });
    });
    const port = await listening(server);
    const egress = egressTo(`127.0.0.1:${port}`);
    const request = { url: `http://127.0.0.1:${port}/`, method: "POST", body: "{}" } as const;
    const ask = async (): Promise<unknown> => {
      const answer = await egress.open(request);
      if (answer.type === "response") await readBody(answer.body, { limitBytes: 10, timeoutMs: 5_000 });
      return answer.type;
    };
    expect([await ask(), await ask(), await ask()]).toEqual(["response", "response", "response"]);
    expect(connections).toBe(2);
  });

  it("never takes a certificate that nobody vouches for, whatever the environment says", async () => {
    const port = await listening(createTlsServer(selfSigned, ok));
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    closing.push(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    expect(await outcome(egressTo(`localhost:${port}`), { url: `https://localhost:${port}/` })).toBe("tls");
  });

  it("does not wait for an answer that changes to another protocol", async () => {
    const port = await listening(
      createSocketServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", () => socket.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"));
      }),
    );
    expect(await outcome(egressTo(`127.0.0.1:${port}`), { url: `http://127.0.0.1:${port}/` })).toBe("unreachable");
  });

  it("tells a name that does not exist from a door that is closed", async () => {
    const egress = createEgress({ allow: () => true });
    const port = await serve(ok);
    await Promise.all(closing.splice(0).map((close) => close()));
    const closedDoor = await egress.open({ url: `http://127.0.0.1:${port}/` });
    expect(closedDoor).toMatchObject({ code: "unreachable", detail: "not-listening" });
    const noName = await egress.open({ url: "http://no-such-host.invalid/" });
    expect(noName).toMatchObject({ code: "unreachable", detail: "no-such-host" });
    egress.close();
  });
});
