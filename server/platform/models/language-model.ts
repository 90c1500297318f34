/** The port between an answer and whatever makes it: one method, messages in, batches of parts out. */

export interface ModelMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly text: string;
  readonly toolCalls?: readonly { readonly callId: string; readonly name: string; readonly arguments: string }[];
  /** With role `tool`: which call this answers. */
  readonly toolCallId?: string;
}

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly parameters?: {
    readonly temperature?: number;
    readonly topP?: number;
    readonly maxOutputTokens?: number;
  };
}

export type ModelPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  /** Parts of one call share `index`; `callId` and `name` come with the first, `argumentsText` is a piece of JSON text. */
  | {
      readonly type: "tool-call";
      readonly index: number;
      readonly callId?: string;
      readonly name?: string;
      readonly argumentsText: string;
    }
  | { readonly type: "usage"; readonly inputTokens?: number; readonly outputTokens?: number }
  /** Only before the first text, reasoning or tool-call. */
  | { readonly type: "retry"; readonly attempt: number; readonly afterMs: number; readonly reason: string }
  | { readonly type: "finish"; readonly reason: "stop" | "length" | "tool-calls" | "content-filter" | "other" }
  | { readonly type: "failure"; readonly failure: ModelFailure };

export interface ModelFailure {
  readonly code:
    | "bad-key"
    | "not-found"
    | "rate-limited"
    | "refused"
    | "unreachable"
    | "timed-out"
    | "cut"
    | "malformed"
    | "not-json"
    | "too-large"
    | "server-error"
    | "unavailable";
  /** What happened, one sentence for a person: no key, no internal address beyond the host. What was kept is the caller's to say. */
  readonly title: string;
  /** What the server said, at most 1 kB, as plain text. */
  readonly said?: string;
  readonly status?: number;
}

export interface LanguageModel {
  /**
   * Yields batches (the parts of one read of the network, so that the cost is per read and not per token), in order.
   * Must not throw: every failure is a last `failure` part. The last part is `finish` or `failure`, except after `signal`
   * aborts: then it just ends, with the upstream connection closed.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<readonly ModelPart[]>;
}
