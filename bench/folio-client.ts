/** Folio's HTTP API as the measuring process uses it: signed in, with the simulator as a provider. */
import { randomBytes } from "node:crypto";
import type { ConversationView, RunAccepted } from "../shared/chat.ts";
import type { ProviderView } from "../shared/providers.ts";
import { HttpConnection, type Outgoing } from "./http-connection.ts";

export interface FolioAddress {
  readonly port: number;
  readonly cookie: string;
  readonly providerId: string;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** Ten characters of Crockford base-32, as the page makes them. */
export const newId = (): string => Array.from(randomBytes(10), (byte) => ALPHABET[byte % 32]).join("");

/** The headers of a fetch from Folio's own page. */
const sameOrigin = (port: number, cookie?: string): Record<string, string> => ({
  origin: `http://127.0.0.1:${port}`,
  "sec-fetch-site": "same-origin",
  ...(cookie === undefined ? {} : { cookie }),
});

async function expectStatus<Value>(connection: HttpConnection, statuses: readonly number[], outgoing: Outgoing) {
  const { reply, value } = await connection.json<Value>(outgoing);
  if (statuses.includes(reply.status)) return { reply, value };
  throw new Error(
    `${outgoing.method} ${outgoing.path} answered ${reply.status}: ${JSON.stringify(value).slice(0, 500)}`,
  );
}

/** Takes the one-time launch token; returns the cookie. */
export async function signIn(port: number, launch: string): Promise<string> {
  const connection = new HttpConnection(port);
  const outgoing = { method: "POST", path: "/api/session", headers: sameOrigin(port), json: { launch } };
  const { reply } = await expectStatus(connection, [200], outgoing);
  connection.close();
  return (reply.headers["set-cookie"] ?? "").split(";")[0] ?? "";
}

export async function addSimulator(port: number, cookie: string, simulatorPort: number): Promise<string> {
  const connection = new HttpConnection(port);
  const { value } = await expectStatus<ProviderView>(connection, [200, 201], {
    method: "POST",
    path: "/api/providers",
    headers: sameOrigin(port, cookie),
    json: {
      name: "Simulator",
      baseUrl: `http://127.0.0.1:${simulatorPort}/v1`,
      key: "simulated",
      api: "chat-completions",
    },
  });
  connection.close();
  return value.id;
}

export class FolioClient {
  readonly #address: FolioAddress;
  readonly #connection: HttpConnection;

  constructor(address: FolioAddress) {
    this.#address = address;
    this.#connection = new HttpConnection(address.port);
  }

  async #call<Value>(method: string, path: string, json?: unknown): Promise<Value> {
    const headers = sameOrigin(this.#address.port, this.#address.cookie);
    const outgoing = json === undefined ? { method, path, headers } : { method, path, headers, json };
    return (await expectStatus<Value>(this.#connection, [200, 202, 204], outgoing)).value;
  }

  /** A new conversation with its first question; `model` is the simulator's plan for the answer. */
  create(id: string, model: string): Promise<RunAccepted> {
    const { providerId } = this.#address;
    return this.#call("POST", "/api/conversations", {
      id,
      messageId: newId(),
      text: "A first question.",
      providerId,
      model,
    });
  }

  view(id: string): Promise<ConversationView> {
    return this.#call("GET", `/api/conversations/${id}?limit=2`);
  }

  get<Value>(path: string): Promise<Value> {
    return this.#call("GET", path);
  }

  send(id: string, parent: string, model: string): Promise<RunAccepted> {
    const { providerId } = this.#address;
    const body = { messageId: newId(), parent, text: "Tell me more about that, please.", providerId, model };
    return this.#call("POST", `/api/conversations/${id}/messages`, body);
  }

  /** What a new conversation on the page uses. */
  choose(model: string): Promise<unknown> {
    return this.#call("PUT", "/api/providers/chosen", { providerId: this.#address.providerId, model });
  }

  open(): Promise<unknown> {
    return this.#connection.open();
  }

  close(): void {
    this.#connection.close();
  }
}

/** The event stream of some topics, frame by frame; resolves once it is open. */
export async function openEvents(
  address: FolioAddress,
  topics: readonly string[],
  onFrame: (frame: string) => void,
): Promise<HttpConnection> {
  const connection = new HttpConnection(address.port);
  let rest = "";
  await new Promise<void>((resolve, reject) => {
    const onText = (text: string) => {
      resolve();
      const whole = rest === "" ? text : rest + text;
      let start = 0;
      for (let end = whole.indexOf("\n\n"); end !== -1; end = whole.indexOf("\n\n", start)) {
        onFrame(whole.slice(start, end));
        start = end + 2;
      }
      rest = whole.slice(start);
    };
    const path = `/api/events?topics=${topics.join(",")}`;
    const headers = { cookie: address.cookie, accept: "text/event-stream" };
    connection.send({ method: "GET", path, headers }, onText).then((reply) => {
      if (reply.status !== 200) reject(new Error(`the event stream answered ${reply.status}`));
    }, reject);
  });
  return connection;
}
