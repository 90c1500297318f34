import { describe, expect, it } from "vitest";
import type { ConversationView, MessageView } from "../../shared/chat.ts";
import type { FolioEvent } from "../../shared/events.ts";
import { applyEvent, type Transcript, transcriptOf, withEarlier, withSnapshot } from "./transcript.ts";

function message(id: string, parent: string, extra: Partial<MessageView> = {}): MessageView {
  return { id, parent, role: "user", label: "You", status: "complete", parts: [], ...extra };
}

const question = message("q1", "root");
const answer = message("a1", "q1", {
  role: "assistant",
  status: "streaming",
  runId: "r1",
  parts: [{ id: "p1", type: "text", text: "Hello" }],
});

function view(messages: readonly MessageView[], extra: Partial<ConversationView> = {}): ConversationView {
  return {
    id: "c1",
    title: "Title",
    path: "conversations/a.chat.md",
    created: "2026-01-01T00:00:00Z",
    updated: "2026-01-01T00:00:00Z",
    isRunning: true,
    head: messages.at(-1)?.id ?? "root",
    messages,
    hasEarlier: false,
    messageCount: messages.length,
    preamble: "",
    problems: [],
    file: "/w/conversations/a.chat.md",
    unwritten: 0,
    eventId: "e-1",
    ...extra,
  };
}

function apply(transcript: Transcript, ...events: FolioEvent[]): Transcript {
  return events.reduce((current, event, index) => applyEvent(current, `e-${index + 2}`, event), transcript);
}

function delta(at: number, text: string): FolioEvent {
  return { type: "part-delta", conversationId: "c1", messageId: "a1", index: 0, at, text };
}

const texts = (transcript: Transcript) => transcript.view.messages.at(-1)?.parts.map((part) => part.text);

describe("applyEvent", () => {
  const start = transcriptOf(view([question, answer]));

  it("grows a part by its deltas and keeps the other messages as they are", () => {
    const grown = apply(start, delta(5, ", wor"), delta(10, "ld"));
    expect(texts(grown)).toEqual(["Hello, world"]);
    expect(grown.view.messages[0]).toBe(question);
    expect(grown.eventId).toBe("e-3");
    expect(grown.isStale).toBe(false);
  });

  it("takes a repeated delta once and the new end of an overlapping one", () => {
    const grown = apply(start, delta(5, ", wor"), delta(5, ", wor"), delta(8, "orld"));
    expect(texts(grown)).toEqual(["Hello, world"]);
  });

  it("asks for the snapshot when a delta leaves a gap or its part is unknown", () => {
    expect(apply(start, delta(7, "x")).isStale).toBe(true);
    const unknown: FolioEvent = {
      type: "part-delta",
      conversationId: "c1",
      messageId: "a1",
      index: 1,
      at: 0,
      text: "x",
    };
    expect(apply(start, unknown).isStale).toBe(true);
  });

  it("starts parts in order and takes a repeated start once", () => {
    const part = { id: "p2", type: "reasoning", text: "" };
    const started: FolioEvent = { type: "part-started", conversationId: "c1", messageId: "a1", index: 1, part };
    const grown = apply(start, started, { ...delta(0, "why"), index: 1 } as FolioEvent, started);
    expect(texts(grown)).toEqual(["Hello", "why"]);
    expect(apply(start, { ...started, index: 2 }).isStale).toBe(true);
  });

  it("adds a message after its parent and leaves the old branch when the parent has another one", () => {
    const again = message("a2", "q1", { siblings: ["a1", "a2"] });
    const added = apply(start, { type: "message-added", conversationId: "c1", message: again, head: "a2" });
    expect(added.view.messages.map(({ id }) => id)).toEqual(["q1", "a2"]);
    expect(added.view.head).toBe("a2");
    expect(added.view.messageCount).toBe(2);
  });

  it("asks for the snapshot when a message's parent is not on the page", () => {
    const far = message("x", "elsewhere");
    expect(apply(start, { type: "message-added", conversationId: "c1", message: far, head: "x" }).isStale).toBe(true);
    const paged = transcriptOf(view([question], { hasEarlier: true }));
    const first = message("q2", "root");
    expect(apply(paged, { type: "message-added", conversationId: "c1", message: first, head: "q2" }).isStale).toBe(
      true,
    );
  });

  it("ends a run with its status and failure and forgets the run", () => {
    const failure = { code: "upstream", title: "The model server closed the connection." };
    const ended = apply(start, {
      type: "run-ended",
      conversationId: "c1",
      messageId: "a1",
      runId: "r1",
      status: "interrupted",
      failure,
    });
    const last = ended.view.messages.at(-1);
    expect(last).toMatchObject({ status: "interrupted", failure });
    expect(last).not.toHaveProperty("runId");
    expect(ended.lastEnd).toEqual({ messageId: "a1", status: "interrupted" });
  });

  it("shows a retry until something comes", () => {
    const retrying = apply(start, {
      type: "run-retrying",
      conversationId: "c1",
      messageId: "a1",
      attempt: 2,
      afterMs: 500,
      reason: "503",
    });
    expect(retrying.retry).toEqual({ messageId: "a1", attempt: 2, reason: "503" });
    const part = { id: "p2", type: "text", text: "" };
    const started: FolioEvent = { type: "part-started", conversationId: "c1", messageId: "a1", index: 1, part };
    expect(apply(retrying, started).retry).toBeUndefined();
  });

  it("asks for the snapshot when the file changed outside", () => {
    const reloaded: FolioEvent = { type: "conversation-reloaded", conversationId: "c1", reason: "changed-on-disk" };
    expect(apply(start, reloaded).isStale).toBe(true);
  });

  it("leaves events of other conversations alone", () => {
    const other: FolioEvent = { ...delta(0, "x"), conversationId: "c2" } as FolioEvent;
    expect(applyEvent(start, "e-9", other)).toBe(start);
  });
});

describe("pages of a transcript", () => {
  it("puts an earlier page before, without repeats", () => {
    const start = transcriptOf(view([answer], { hasEarlier: true }));
    const whole = withEarlier(start, { messages: [question, answer], hasEarlier: false });
    expect(whole.view.messages.map(({ id }) => id)).toEqual(["q1", "a1"]);
    expect(whole.view.hasEarlier).toBe(false);
  });

  it("keeps loaded earlier pages under a fresh snapshot that begins inside them", () => {
    const start = transcriptOf(view([question, answer]));
    const fresh = withSnapshot(start, view([answer, message("q2", "a1")], { hasEarlier: true, eventId: "e-7" }));
    expect(fresh.view.messages.map(({ id }) => id)).toEqual(["q1", "a1", "q2"]);
    expect(fresh.view.hasEarlier).toBe(false);
    expect(fresh.eventId).toBe("e-7");
  });
});
