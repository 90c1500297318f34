import { useCallback, useEffect, useRef, useState } from "react";
import { useEventStream } from "../../platform/event-stream-context.tsx";
import { newId } from "../../platform/new-id.ts";
import { type DeliveryState, deliver, type SendOnce } from "./deliver.ts";
import type { DraftField } from "./use-draft.ts";

type ComposerState = DeliveryState | { readonly kind: "queued" };

const longestPauseMs = 5000;

/** Sends what is in the field: at once, or when the running answer is finished. */
export function useDelivery(options: {
  readonly draft: DraftField;
  readonly send: SendOnce;
  readonly isBusy: boolean;
}): { readonly state: ComposerState; readonly begin: () => void; readonly takeBack: () => void } {
  const { draft, isBusy } = options;
  const stream = useEventStream();
  const [state, setState] = useState<ComposerState>({ kind: "idle" });
  const latest = useRef(options);
  latest.current = options;
  const running = useRef<AbortController>(undefined);

  const pause = useCallback(
    (tries: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          end();
          resolve();
        };
        const timer = setTimeout(finish, Math.min(longestPauseMs, 300 * 2 ** tries));
        const end = stream.onStatus(() => stream.status() === "open" && finish());
        signal.addEventListener("abort", finish, { once: true });
      }),
    [stream],
  );

  const start = useCallback(() => {
    const text = draft.text();
    if (text.trim() === "") return;
    const controller = new AbortController();
    running.current = controller;
    const known = draft.attempt();
    const ids = known ?? { messageId: newId(), conversationId: draft.key === "new" ? newId() : draft.key };
    draft.keepAttempt(ids);
    void deliver({
      attempt: () => latest.current.send({ text, ...ids }).then(() => true),
      onState: setState,
      pause,
      signal: controller.signal,
    }).then((isSent) => isSent && draft.clear());
  }, [draft, pause]);

  useEffect(() => {
    if (state.kind === "queued" && !isBusy) start();
  }, [state, isBusy, start]);
  useEffect(() => () => running.current?.abort(), []);

  return {
    state,
    begin: () => (isBusy ? setState({ kind: "queued" }) : start()),
    takeBack() {
      running.current?.abort();
      setState({ kind: "idle" });
    },
  };
}
