import { describe, expect, it } from "vitest";
import type { ConversationView } from "../../shared/chat.ts";
import type { FolioEvent } from "../../shared/events.ts";
import type { TopicSignal } from "../platform/event-stream.ts";
import { createLiveConversation } from "./live-conversation.ts";

const lost = new Error("lost");
const missing = new Error("not found");

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

function viewAt(eventId: string, text: string): ConversationView {
  return {
    id: "c1",
    title: "Title",
    path: "a.chat.md",
    created: "2026-01-01T00:00:00Z",
    updated: "2026-01-01T00:00:00Z",
    isRunning: true,
    head: "a1",
    messages: [
      {
        id: "a1",
        parent: "root",
        role: "assistant",
        label: "Assistant",
        status: "streaming",
        parts: [{ id: "p", type: "text", text }],
      },
    ],
    hasEarlier: false,
    messageCount: 1,
    preamble: "",
    problems: [],
    file: "/w/a.chat.md",
    unwritten: 0,
    eventId,
  };
}

function delta(at: number, text: string): FolioEvent {
  return { type: "part-delta", conversationId: "c1", messageId: "a1", index: 0, at, text };
}

/** A server with one conversation, a stream that says what the test says, and frames that come when asked for. */
function setUp(first: ConversationView) {
  let view = first;
  let fetches = 0;
  let failure: Error | undefined;
  const listeners: ((signal: TopicSignal) => void)[] = [];
  const frames: (() => void)[] = [];
  const timers: (() => void)[] = [];
  const live = createLiveConversation("c1", {
    stream: {
      subscribe(topic, listener) {
        if (topic === "conversation:c1") listeners.push(listener);
        return () => {};
      },
    },
    fetchView: async () => {
      fetches += 1;
      if (failure) throw failure;
      return view;
    },
    fetchEarlier: async () => ({ messages: [], hasEarlier: false }),
    beforePainting: (work) => frames.push(work),
    later: (work) => timers.push(work),
    isTransient: (problem) => problem === lost,
  });
  return {
    live,
    serve: (next: ConversationView) => {
      view = next;
    },
    fail: (problem: Error | undefined) => {
      failure = problem;
    },
    say: (signal: TopicSignal) => {
      for (const listener of listeners) listener(signal);
    },
    frame: () => {
      for (const work of frames.splice(0)) work();
    },
    wait: () => {
      for (const work of timers.splice(0)) work();
    },
    plannedFrames: () => frames.length,
    fetches: () => fetches,
    text: () => {
      const state = live.state();
      return state.status === "ready" ? state.transcript.view.messages[0]?.parts[0]?.text : undefined;
    },
  };
}

describe("createLiveConversation", () => {
  it("takes events that came before the snapshot, drops those that are in it, and paints once a frame", async () => {
    const page = setUp(viewAt("e-5", "Hello"));
    page.say({ kind: "ready", from: "e-3" });
    page.say({ kind: "event", id: "e-4", event: delta(0, "Hello") });
    page.say({ kind: "event", id: "e-6", event: delta(5, ", wor") });
    page.say({ kind: "event", id: "e-7", event: delta(10, "ld") });
    expect(page.plannedFrames()).toBe(1);
    await settle();
    page.frame();
    expect(page.text()).toBe("Hello, world");
  });

  it("fetches again when the snapshot is older than the beginning of the stream", async () => {
    const page = setUp(viewAt("e-5", "Hello"));
    await settle();
    expect(page.text()).toBe("Hello");
    page.serve(viewAt("e-9", "Hello, world"));
    page.say({ kind: "ready", from: "e-8" });
    await settle();
    expect(page.text()).toBe("Hello, world");
    expect(page.fetches()).toBe(2);
  });

  it("fetches again after a gap and after a reset, and goes on from there", async () => {
    const page = setUp(viewAt("e-5", "Hello"));
    page.say({ kind: "ready", from: "e-5" });
    await settle();
    page.serve(viewAt("e-7", "Hello, world"));
    page.say({ kind: "event", id: "e-7", event: delta(9, "ld") });
    page.frame();
    await settle();
    expect(page.text()).toBe("Hello, world");
    page.serve(viewAt("f-2", "Hello, new world"));
    page.say({ kind: "reset", from: "f-1" });
    await settle();
    page.say({ kind: "event", id: "f-3", event: delta(16, "!") });
    page.frame();
    expect(page.text()).toBe("Hello, new world!");
  });

  it("keeps what is shown while the connection is lost, and tries again", async () => {
    const page = setUp(viewAt("e-5", "Hello"));
    page.say({ kind: "ready", from: "e-5" });
    await settle();
    page.fail(lost);
    page.live.refresh();
    await settle();
    expect(page.text()).toBe("Hello");
    page.fail(undefined);
    page.serve(viewAt("e-6", "Hello again"));
    page.wait();
    await settle();
    expect(page.text()).toBe("Hello again");
  });

  it("says why it could not be opened, and when it was removed", async () => {
    const page = setUp(viewAt("e-5", "Hello"));
    page.fail(new Error("no"));
    await settle();
    const fails = setUp(viewAt("e-5", ""));
    fails.fail(missing);
    fails.live.refresh();
    await settle();
    expect(fails.live.state()).toEqual({ status: "failed", problem: missing });
    page.say({ kind: "event", id: "e-6", event: { type: "conversation-removed", id: "c1" } });
    expect(page.live.state().status).toBe("removed");
  });
});
