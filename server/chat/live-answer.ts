import type { PartView } from "../../shared/chat.ts";
import type { ConversationEvent } from "../../shared/events.ts";
import type { ModelPart } from "../platform/models/language-model.ts";

/** `journaled`: how much of the text the journal has; -1 when it has not heard of the part. */
type MutablePart = { -readonly [Key in keyof PartView]: PartView[Key] } & { journaled: number };

/** One piece of text that the journal has not got yet: the part, where the piece begins in it (UTF-16 units), and itself. */
export interface UnsavedPiece {
  readonly index: number;
  readonly at: number;
  readonly text: string;
  /** With the first piece of a part: what kind of part it is. */
  readonly part?: Omit<PartView, "text">;
}

/** What may be written of one answer: a model that never ends is stopped here and what came is kept. */
export const answerCharactersAllowed = 32 * 1024 * 1024;
/** And how many parts it may have: each is a unit of the file, and a page shows each. */
const partsAllowed = 2000;

/** An answer while it grows: the only place that adds to it, so that journal, file and events cannot disagree. */
export class LiveAnswer {
  readonly conversationId: string;
  readonly messageId: string;
  readonly runId: string;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  readonly #parts: MutablePart[];
  readonly #toolCalls = new Map<number, number>();
  readonly #emit: (event: ConversationEvent) => void;
  readonly #newId: () => string;
  #characters = 0;

  constructor(options: {
    readonly conversationId: string;
    readonly messageId: string;
    readonly runId: string;
    /** What is there already when an answer is continued. */
    readonly parts: readonly PartView[];
    readonly emit: (event: ConversationEvent) => void;
    readonly newId: () => string;
  }) {
    this.conversationId = options.conversationId;
    this.messageId = options.messageId;
    this.runId = options.runId;
    this.#emit = options.emit;
    this.#newId = options.newId;
    this.#parts = options.parts.map((part) => ({ ...part, journaled: part.text.length }));
  }

  get isTooLong(): boolean {
    return this.#characters > answerCharactersAllowed || this.#parts.length > partsAllowed;
  }

  get isEmpty(): boolean {
    return this.#parts.every((part) => part.text === "");
  }

  parts(): PartView[] {
    return this.#parts.map(({ journaled: _, ...part }) => part);
  }

  /** Adds what the model sent; usage is kept, the ends of a stream are the caller's. */
  add(part: ModelPart): void {
    switch (part.type) {
      case "text":
      case "reasoning":
        if (part.text !== "") this.#grow(this.#last(part.type) ?? this.#begin(part.type), part.text);
        return;
      case "tool-call":
        this.#addToolCall(part);
        return;
      case "usage":
        this.inputTokens = part.inputTokens ?? this.inputTokens;
        this.outputTokens = part.outputTokens ?? this.outputTokens;
        return;
      case "retry":
        this.#emit({
          ...this.#where(),
          type: "run-retrying",
          attempt: part.attempt,
          afterMs: part.afterMs,
          reason: part.reason,
        });
        return;
      case "finish":
      case "failure":
    }
  }

  /** What came since the last call; the caller makes it durable. */
  takeUnsaved(): UnsavedPiece[] {
    const pieces: UnsavedPiece[] = [];
    for (const [index, part] of this.#parts.entries()) {
      if (part.journaled === part.text.length) continue;
      const { journaled, text, ...kind } = part;
      const at = Math.max(journaled, 0);
      pieces.push({ index, at, text: text.slice(at), ...(journaled < 0 ? { part: kind } : {}) });
      part.journaled = text.length;
    }
    return pieces;
  }

  #where(): { conversationId: string; messageId: string } {
    return { conversationId: this.conversationId, messageId: this.messageId };
  }

  #last(type: string): number | undefined {
    const index = this.#parts.length - 1;
    const last = this.#parts[index];
    // What stands in a side file that could not be read is not gone on with.
    return last?.type === type && last.attributes?.["src"] === undefined ? index : undefined;
  }

  #begin(type: string, attributes?: Readonly<Record<string, string>>): number {
    const part: PartView = { id: this.#newId(), type, text: "", ...(attributes === undefined ? {} : { attributes }) };
    const index = this.#parts.push({ ...part, journaled: -1 }) - 1;
    this.#emit({ ...this.#where(), type: "part-started", index, part });
    return index;
  }

  #grow(index: number, text: string): void {
    const part = this.#parts[index];
    if (part === undefined) return;
    this.#emit({ ...this.#where(), type: "part-delta", index, at: part.text.length, text });
    part.text += text;
    this.#characters += text.length;
  }

  #addToolCall(call: Extract<ModelPart, { type: "tool-call" }>): void {
    const known = this.#toolCalls.get(call.index);
    const attributes = { name: call.name ?? "unnamed", ...(call.callId === undefined ? {} : { call: call.callId }) };
    const index = known ?? this.#begin("tool-call", attributes);
    this.#toolCalls.set(call.index, index);
    if (call.argumentsText !== "") this.#grow(index, call.argumentsText);
  }
}
