import { randomBytes } from "node:crypto";
import { get } from "node:http";
import type { ConversationView, MessageView, RunAccepted } from "../../shared/chat.ts";
import type { StreamEvent } from "../../shared/events.ts";
import type { ProviderView } from "../../shared/providers.ts";
import { canaryKey, refuseLeak } from "./no-leak.ts";
import { until } from "./until.ts";

/** Speaks to the server as the page does: JSON up, one event stream down. */
export class PageClient {
  readonly port: number;
  readonly cookie: string;

  constructor(port: number, cookie: string) {
    this.port = port;
    this.cookie = cookie;
  }

  static async signIn(port: number, launch: string): Promise<PageClient> {
    const response = await new PageClient(port, "").send("POST", "/api/session", { launch });
    if (response.status !== 200) throw new Error(`sign-in answered ${response.status}`);
    return new PageClient(port, response.headers.get("set-cookie")?.split(";")[0] ?? "");
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: {
        origin: `http://127.0.0.1:${this.port}`,
        ...(this.cookie === "" ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** The answer's JSON; anything but a success is an error with the problem in it. */
  async json<Value>(method: string, path: string, body?: unknown): Promise<Value> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    refuseLeak(text, `${method} ${path}`);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Value;
  }

  async addProvider(baseUrl: string): Promise<string> {
    const body = { baseUrl, key: canaryKey, api: "chat-completions" };
    return (await this.json<ProviderView>("POST", "/api/providers", body)).id;
  }

  create(
    text: string,
    choice: { readonly providerId: string; readonly model: string },
    id = newId(),
  ): Promise<RunAccepted> {
    return this.json("POST", "/api/conversations", { id, messageId: newId(), text, ...choice });
  }

  view(id: string): Promise<ConversationView> {
    return this.json("GET", `/api/conversations/${id}`);
  }

  /** Waits until the message is no longer being written. */
  ended(id: string, messageId: string): Promise<MessageView> {
    return this.#messageWhen("has ended", id, messageId, ({ status }) => status !== "streaming");
  }

  /** Waits until the message's text holds `wanted`. */
  grown(id: string, messageId: string, wanted: string): Promise<MessageView> {
    return this.#messageWhen(`has ${wanted}`, id, messageId, (message) => textOf(message).includes(wanted));
  }

  #messageWhen(
    what: string,
    id: string,
    messageId: string,
    isSo: (message: MessageView) => boolean,
  ): Promise<MessageView> {
    let last: MessageView | undefined;
    return until(
      `message ${messageId} that ${what}`,
      async () => {
        last = (await this.view(id)).messages.find((found) => found.id === messageId);
        return last !== undefined && isSo(last) ? last : undefined;
      },
      () => last ?? "no such message",
    );
  }

  events(topics: readonly string[], lastId?: string): EventReader {
    return new EventReader(this, topics, lastId);
  }
}

/** One event stream, read as a browser would; collects everything. */
export class EventReader {
  readonly events: { readonly id: string; readonly event: StreamEvent }[] = [];
  hello: { readonly epoch: string } | undefined;
  comments = 0;
  readonly #request: ReturnType<typeof get>;
  #text = "";
  #helloId: string | undefined;

  constructor(client: PageClient, topics: readonly string[], lastId: string | undefined) {
    const headers = { cookie: client.cookie, ...(lastId === undefined ? {} : { "last-event-id": lastId }) };
    const query = topics.map(encodeURIComponent).join(",");
    this.#request = get(
      { port: client.port, host: "127.0.0.1", path: `/api/events?topics=${query}`, headers },
      (response) => {
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => this.#take(chunk));
        response.on("error", () => undefined);
      },
    );
    this.#request.on("error", () => undefined);
  }

  get lastId(): string | undefined {
    return this.events.at(-1)?.id ?? this.#helloId;
  }

  close(): void {
    this.#request.destroy();
  }

  /** Waits for an event that `matches`, among those that came already too. */
  async waitFor<Type extends StreamEvent["type"]>(
    type: Type,
    matches: (event: Extract<StreamEvent, { type: Type }>) => boolean = () => true,
  ): Promise<Extract<StreamEvent, { type: Type }>> {
    const isWanted = (event: StreamEvent): event is Extract<StreamEvent, { type: Type }> =>
      event.type === type && matches(event as Extract<StreamEvent, { type: Type }>);
    return until(
      `an event ${type}`,
      () => this.events.map(({ event }) => event).find(isWanted),
      () => this.events.slice(-20).map(({ event }) => event),
    );
  }

  async opened(): Promise<void> {
    await until("the stream's hello", () => this.hello);
  }

  #take(chunk: string): void {
    refuseLeak(chunk, "the event stream");
    this.#text += chunk;
    for (let end = this.#text.indexOf("\n\n"); end >= 0; end = this.#text.indexOf("\n\n")) {
      const lines = this.#text.slice(0, end).split("\n");
      this.#text = this.#text.slice(end + 2);
      const field = (name: string): string | undefined =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field("data");
      if (data === undefined) this.comments += 1;
      else if (field("event") === "hello") {
        this.hello = JSON.parse(data);
        this.#helloId = field("id");
      } else this.events.push({ id: field("id") ?? "", event: JSON.parse(data) });
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const letters = "0123456789abcdefghjkmnpqrstvwxyz";

export function newId(): string {
  return Array.from(randomBytes(10), (byte) => letters[byte & 31]).join("");
}

export function textOf(message: MessageView | undefined): string {
  return (message?.parts ?? [])
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("");
}
