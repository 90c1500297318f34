import { ConnectionLost, problemCode } from "../../platform/api.ts";

/** One try to save a message; the same ids on every try. Rejects with what to show. */
export type SendOnce = (message: {
  readonly text: string;
  readonly messageId: string;
  readonly conversationId: string;
}) => Promise<void>;

export type DeliveryState =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly problem: unknown };

export interface DeliveryDependencies<Answer> {
  /** One try; the same message id every time. */
  readonly attempt: () => Promise<Answer>;
  readonly onState: (state: DeliveryState) => void;
  /** Resolves when trying again makes sense: the connection is back, or some time has passed. */
  readonly pause: (tries: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Codes after which the same request can succeed by itself. */
const passing = new Set(["stopping", "too-many"]);

/**
 * Brings one message to the server exactly once: tried again under the same id until it is acknowledged, refused, or
 * taken back. `undefined`: refused or taken back.
 */
export async function deliver<Answer>(dependencies: DeliveryDependencies<Answer>): Promise<Answer | undefined> {
  const { attempt, onState, pause, signal } = dependencies;
  for (let tries = 1; ; tries += 1) {
    onState({ kind: "sending" });
    try {
      const answer = await attempt();
      onState({ kind: "idle" });
      return answer;
    } catch (problem) {
      const isPassing = problem instanceof ConnectionLost || passing.has(problemCode(problem) ?? "");
      if (!isPassing) {
        onState({ kind: "refused", problem });
        return undefined;
      }
    }
    onState({ kind: "waiting" });
    await pause(tries, signal);
    if (signal.aborted) {
      onState({ kind: "idle" });
      return undefined;
    }
  }
}
