import { describe, expect, it } from "vitest";
import { createStreamHub, type HubMessage, type Source } from "./event-stream-hub.ts";

/** The wire as the hub sees it: what it opened, and what the server says on it. */
class Wire implements Source {
  readyState = 1;
  isClosed = false;
  onmessage: Source["onmessage"] = null;
  onerror: Source["onerror"] = null;
  readonly url: string;
  #onHello: ((frame: { readonly data: string }) => void) | undefined;
  constructor(url: string) {
    this.url = url;
  }
  addEventListener(_type: "hello", listener: (frame: { readonly data: string }) => void): void {
    this.#onHello = listener;
  }
  close(): void {
    this.isClosed = true;
  }
  hello(epoch: string, last: number): void {
    this.#onHello?.({ data: JSON.stringify({ epoch, last }) });
  }
  send(id: string, event: object): void {
    this.onmessage?.({ data: JSON.stringify(event), lastEventId: id });
  }
  fail(): void {
    this.onerror?.();
  }
}

function setUp(lastId?: string) {
  const wires: Wire[] = [];
  const messages: { readonly clients: readonly string[]; readonly message: HubMessage }[] = [];
  let planned: (() => void) | undefined;
  const hub = createStreamHub({
    open: (url) => {
      const wire = new Wire(url);
      wires.push(wire);
      return wire;
    },
    deliver: (clients, message) => messages.push({ clients, message }),
    later: (work) => {
      planned = work;
      return () => {
        planned = undefined;
      };
    },
    ...(lastId === undefined ? {} : { lastId }),
  });
  const pass = (): void => {
    const work = planned;
    planned = undefined;
    work?.();
  };
  const last = (): Wire => wires.at(-1) as Wire;
  const got = (kind: HubMessage["kind"]) => messages.filter(({ message }) => message.kind === kind);
  return { hub, wires, messages, pass, last, got };
}

const changed = { type: "providers-changed" };
const delta = (id: string) => ({ type: "part-delta", conversationId: id, messageId: "m", index: 0, at: 0, text: "x" });

describe("createStreamHub", () => {
  it("opens one stream for the topics of all tabs and tells each when it is live", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    hub.setTopics("two", ["workspace", "conversation:a"]);
    pass();
    expect(wires).toHaveLength(1);
    expect(last().url).toBe("/api/events?topics=conversation%3Aa%2Cworkspace");
    expect(got("ready")).toHaveLength(0);
    last().hello("e", 7);
    expect(got("ready").map(({ clients, message }) => [clients, message])).toEqual([
      [["one"], { kind: "ready", topics: ["workspace"], from: "e-7" }],
      [["two"], { kind: "ready", topics: ["workspace", "conversation:a"], from: "e-7" }],
    ]);
  });

  it("gives an event to the tabs that want its topic, once", () => {
    const { hub, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    hub.setTopics("two", ["conversation:a", "workspace"]);
    pass();
    last().hello("e", 0);
    last().send("e-1", delta("a"));
    last().send("e-1", delta("a"));
    last().send("e-2", changed);
    expect(got("event").map(({ clients }) => clients)).toEqual([["two"], ["one", "two"]]);
  });

  it("opens again after the last event when a tab wants more, and not when it wants less", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    last().hello("e", 3);
    last().send("e-4", changed);
    hub.setTopics("one", ["workspace", "conversation:a"]);
    pass();
    expect(wires).toHaveLength(2);
    expect(wires[0]?.isClosed).toBe(true);
    expect(last().url).toContain("after=e-4");
    expect(got("ready").at(-1)?.message).toMatchObject({ from: "e-4" });
    hub.setTopics("one", ["workspace"]);
    pass();
    expect(wires).toHaveLength(2);
  });

  it("passes over no event of a topic that is added while the connection for it is being opened", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    last().hello("e", 3);
    hub.setTopics("one", ["workspace", "conversation:a"]);
    // The server has appended e-4 on conversation:a, which this connection does not carry, and then this.
    wires[0]?.send("e-5", changed);
    pass();
    expect(last().url).toContain("after=e-3");
    last().hello("e", 5);
    last().send("e-4", delta("a"));
    last().send("e-5", changed);
    expect(got("event").map(({ message }) => message)).toMatchObject([{ id: "e-4" }, { id: "e-5" }]);
  });

  it("says that a topic is live only by a connection that carries it", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    hub.setTopics("one", ["workspace", "conversation:a"]);
    wires[0]?.hello("e", 3);
    expect(got("ready")).toEqual([]);
    pass();
    last().hello("e", 5);
    expect(got("ready").map(({ message }) => message)).toMatchObject([{ from: "e-5" }]);
  });

  it("connects again with the last id after a cut and does not listen to the old stream", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    last().hello("e", 1);
    last().send("e-2", changed);
    last().fail();
    expect(got("status").at(-1)?.message).toEqual({ kind: "status", status: "lost" });
    pass();
    expect(last().url).toContain("after=e-2");
    last().hello("e", 5);
    expect(got("status").at(-1)?.message).toEqual({ kind: "status", status: "open" });
    expect(got("reset")).toHaveLength(0);
    wires[0]?.send("e-3", changed);
    expect(got("event")).toHaveLength(1);
  });

  it("tells everybody to fetch again when the server cannot resume or has begun anew", () => {
    const { hub, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    last().hello("e", 1);
    last().send("e-9", { type: "stream-reset" });
    expect(got("reset").at(-1)?.message).toEqual({ kind: "reset", from: "e-9" });
    last().fail();
    pass();
    last().hello("f", 2);
    expect(got("reset").at(-1)?.message).toEqual({ kind: "reset", from: "f-2" });
    last().send("f-3", changed);
    expect(got("event").at(-1)?.message).toMatchObject({ id: "f-3" });
  });

  it("goes on where another tab left off, and closes when the last tab is gone", () => {
    const { hub, wires, pass, last } = setUp("e-40");
    hub.setTopics("one", ["workspace"]);
    pass();
    expect(last().url).toContain("after=e-40");
    hub.remove("one");
    pass();
    expect(wires.at(-1)?.isClosed).toBe(true);
    expect(wires).toHaveLength(1);
  });

  it("says refused when the server turns it away, and tries at once when somebody is back", () => {
    const { hub, wires, pass, last, got } = setUp();
    hub.setTopics("one", ["workspace"]);
    pass();
    last().readyState = 2;
    last().fail();
    expect(got("status").at(-1)?.message).toEqual({ kind: "status", status: "refused" });
    hub.wake();
    pass();
    expect(wires).toHaveLength(2);
  });
});
