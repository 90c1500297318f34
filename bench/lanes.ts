/** A lane is one conversation with one target: started with a plan, it reports every token until the answer ends. */
import { type FolioAddress, FolioClient, newId, openEvents } from "./folio-client.ts";
import { HttpConnection } from "./http-connection.ts";
import { readStamps, wallClock } from "./token-stamp.ts";

/** Straight to the simulator, through the floor, or through Folio. */
export type Target =
  | { readonly kind: "simulator" | "floor"; readonly port: number }
  | ({ readonly kind: "folio" } & FolioAddress);

export interface LaneResult {
  readonly tokens: number;
  readonly toFirstMs: number;
  /** Folio only: until the message was acknowledged as saved. */
  readonly acknowledgedMs?: number;
  readonly doneMs: number;
}

export interface Lane {
  /** Connects, as a browser that was here before is connected. */
  readonly open: () => Promise<unknown>;
  readonly start: (model: string) => Promise<LaneResult>;
  readonly close: () => void;
}

export interface LaneOptions {
  readonly count: number;
  /** `each`: an event stream for every lane (as many browsers); `shared`: one for all (one browser). */
  readonly eventStreams: "each" | "shared";
  readonly onLag: (milliseconds: number) => void;
}

export async function openLanes(target: Target, options: LaneOptions): Promise<Lane[]> {
  if (target.kind !== "folio") return Array.from({ length: options.count }, () => proxyLane(target, options.onLag));
  return folioLanes(target, options);
}

function proxyLane(
  target: { readonly kind: string; readonly port: number },
  onLag: (milliseconds: number) => void,
): Lane {
  const connection = new HttpConnection(target.port);
  return {
    open: () => connection.open(),
    async start(model) {
      let tokens = 0;
      let first = 0;
      let rest = "";
      const sent = performance.now();
      const json = { model, stream: true, messages: [{ role: "user", content: "Tell me more about that, please." }] };
      await connection.send({ method: "POST", path: "/v1/chat/completions", json }, (text) => {
        const whole = rest + text;
        const end = whole.lastIndexOf("\n") + 1;
        rest = whole.slice(end);
        tokens += readStamps(end === whole.length ? whole : whole.slice(0, end), wallClock(), onLag);
        if (first === 0 && tokens > 0) first = performance.now();
      });
      return { tokens, toFirstMs: first - sent, doneMs: performance.now() - sent };
    },
    close: () => connection.close(),
  };
}

interface Listener {
  tokens: number;
  first: number;
  end: () => void;
  fail: (error: Error) => void;
}

const isText = (frame: string): boolean =>
  frame.includes('"type":"part-delta"') || frame.includes('"type":"part-started"');

function hear(listener: Listener, frame: string, onLag: (milliseconds: number) => void): void {
  if (isText(frame)) {
    listener.tokens += readStamps(frame, wallClock(), onLag);
    if (listener.first === 0 && listener.tokens > 0) listener.first = performance.now();
    return;
  }
  if (!frame.includes('"type":"run-ended"')) return;
  if (frame.includes('"status":"complete"')) listener.end();
  else listener.fail(new Error(`a run ended badly: ${frame.slice(0, 500)}`));
}

async function folioLanes(address: FolioAddress, options: LaneOptions): Promise<Lane[]> {
  const ids = Array.from({ length: options.count }, newId);
  const listeners = new Map<string, Listener>();
  const heads = await createConversations(address, ids);
  const deliver = (frame: string) => {
    const at = frame.indexOf('"conversationId":"');
    const listener = listeners.get(frame.slice(at + 18, frame.indexOf('"', at + 18)));
    if (listener !== undefined) hear(listener, frame, options.onLag);
  };
  const groups = options.eventStreams === "shared" ? [ids] : ids.map((id) => [id]);
  const streams: HttpConnection[] = [];
  for (const group of groups)
    streams.push(
      await openEvents(
        address,
        group.map((id) => `conversation:${id}`),
        deliver,
      ),
    );
  return ids.map((id, index): Lane => {
    const client = new FolioClient(address);
    return {
      open: () => client.open(),
      async start(model) {
        const parent = heads.get(id) ?? (await client.view(id)).head;
        heads.delete(id);
        const sent = performance.now();
        const listener: Listener = { tokens: 0, first: 0, end: () => undefined, fail: () => undefined };
        const ended = new Promise<void>((end, fail) => Object.assign(listener, { end, fail }));
        ended.catch(() => undefined);
        listeners.set(id, listener);
        await client.send(id, parent, model);
        const acknowledgedMs = performance.now() - sent;
        await ended;
        const doneMs = performance.now() - sent;
        return { tokens: listener.tokens, toFirstMs: listener.first - sent, acknowledgedMs, doneMs };
      },
      close() {
        client.close();
        streams[index]?.close();
      },
    };
  });
}

const CREATED_AT_ONCE = 8;

/** Conversations that have one short answer already; returns their heads. */
async function createConversations(address: FolioAddress, ids: readonly string[]): Promise<Map<string, string>> {
  const heads = new Map<string, string>();
  const waiting = [...ids];
  const work = async () => {
    const client = new FolioClient(address);
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await client.create(id, "sim:tokens=1");
      let view = await client.view(id);
      for (let tries = 0; view.isRunning && tries < 200; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        view = await client.view(id);
      }
      heads.set(id, view.head);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: Math.min(CREATED_AT_ONCE, ids.length) }, work));
  return heads;
}
