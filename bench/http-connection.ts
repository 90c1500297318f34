/**
 * HTTP/1.1 by hand over one socket, so that the process that measures costs less than what it measures: requests one
 * after another, bodies in chunks or by length, given on as text the moment they come.
 */
import { connect, type Socket } from "node:net";

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

interface Exchange {
  readonly onText: (text: string) => void;
  readonly settle: (outcome: Reply | Error) => void;
}

type Framing = "head" | "chunk-size" | "chunk" | "chunk-end" | "length";

export class HttpConnection {
  readonly #port: number;
  #socket: Socket | undefined;
  #exchange: Exchange | undefined;
  #reply: Reply | undefined;
  #framing: Framing = "head";
  #waiting = "";
  #left = 0;

  constructor(port: number) {
    this.#port = port;
  }

  /** Resolves at the end of the body; `onText` hears the body piece by piece. One at a time. */
  async send(outgoing: Outgoing, onText: (text: string) => void): Promise<Reply> {
    const socket = await this.open();
    return new Promise((resolve, reject) => {
      const settle = (outcome: Reply | Error) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
      this.#exchange = { onText, settle };
      socket.write(writeHead(outgoing, this.#port));
    });
  }

  async json<Value>(outgoing: Outgoing): Promise<{ readonly reply: Reply; readonly value: Value }> {
    let text = "";
    const reply = await this.send(outgoing, (piece) => {
      text += piece;
    });
    const bytes = Buffer.from(text, "latin1").toString();
    return { reply, value: (bytes.startsWith("{") ? JSON.parse(bytes) : bytes) as Value };
  }

  close(): void {
    this.#exchange = undefined;
    this.#socket?.destroy();
  }

  async open(): Promise<Socket> {
    const present = this.#socket;
    if (present !== undefined && !present.destroyed && present.readable) return present;
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true }, () => resolve(socket));
      this.#socket = socket;
      this.#framing = "head";
      this.#waiting = "";
      socket.on("data", (bytes: Buffer) => this.#read(bytes.toString("latin1")));
      socket.on("error", (error) => this.#finish(error, reject));
      socket.on("close", () => this.#finish(new Error("the connection was closed"), reject));
    });
  }

  #finish(outcome: Reply | Error, reject?: (error: Error) => void): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#framing = "head";
    exchange?.settle(outcome);
    if (outcome instanceof Error) reject?.(outcome);
  }

  #read(text: string): void {
    this.#waiting = this.#waiting === "" ? text : this.#waiting + text;
    while (this.#waiting !== "" && this.#step()) {}
  }

  /** Takes one thing off the front of what waits; false when that thing is not whole yet. */
  #step(): boolean {
    if (this.#framing === "head") return this.#readHead();
    if (this.#framing === "chunk-size") {
      const end = this.#waiting.indexOf("\r\n");
      if (end === -1) return false;
      this.#left = Number.parseInt(this.#waiting.slice(0, end), 16);
      this.#waiting = this.#waiting.slice(end + 2);
      this.#framing = this.#left === 0 ? "chunk-end" : "chunk";
      return true;
    }
    if (this.#framing === "chunk-end") {
      if (this.#waiting.length < 2) return false;
      this.#waiting = this.#waiting.slice(2);
      if (this.#left === 0 && this.#reply !== undefined) this.#finish(this.#reply);
      else this.#framing = "chunk-size";
      return true;
    }
    const piece = this.#waiting.length <= this.#left ? this.#waiting : this.#waiting.slice(0, this.#left);
    this.#waiting = this.#waiting.slice(piece.length);
    this.#left -= piece.length;
    this.#exchange?.onText(piece);
    if (this.#left > 0) return true;
    if (this.#framing === "chunk") {
      this.#left = -1;
      this.#framing = "chunk-end";
    } else if (this.#reply !== undefined) this.#finish(this.#reply);
    return true;
  }

  #readHead(): boolean {
    const end = this.#waiting.indexOf("\r\n\r\n");
    if (end === -1) return false;
    const [first = "", ...lines] = this.#waiting.slice(0, end).split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    this.#waiting = this.#waiting.slice(end + 4);
    const reply = { status: Number(first.slice(9, 12)), headers };
    this.#reply = reply;
    const length = Number(headers["content-length"] ?? 0);
    if (headers["transfer-encoding"] === "chunked") this.#framing = "chunk-size";
    else if (length > 0) {
      this.#framing = "length";
      this.#left = length;
    } else this.#finish(reply);
    return true;
  }
}

function writeHead(outgoing: Outgoing, port: number): string | Buffer {
  const body = outgoing.json === undefined ? "" : JSON.stringify(outgoing.json);
  const headers = Object.entries({
    host: `127.0.0.1:${port}`,
    ...(outgoing.json === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
    ...outgoing.headers,
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `${outgoing.method} ${outgoing.path} HTTP/1.1\r\n${lines}\r\n${body}`;
}
