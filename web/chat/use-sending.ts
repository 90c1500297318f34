import { ConnectionLost } from "../platform/api.ts";
import { sendMessage, stopRun } from "./chat-api.ts";
import type { SendOnce } from "./composer/deliver.ts";
import { useConversationSlots } from "./conversation-slots.ts";
import type { ModelChoice } from "./model-choice.ts";
import type { Transcript } from "./transcript.ts";
import { words } from "./words.ts";

/** How a message of this conversation is sent, to the model or to whom it calls; and how a running answer is stopped. */
export function useSending(options: {
  readonly transcript: Transcript;
  readonly choice: ModelChoice | undefined;
  readonly isChoiceKnown: boolean;
  readonly runId: string | undefined;
  readonly refresh: () => void;
  readonly toEnd: () => void;
}): { readonly send: SendOnce; readonly stop: (() => void) | undefined } {
  const { choice, runId, refresh, toEnd } = options;
  const { view } = options.transcript;
  const slots = useConversationSlots();
  return {
    send: async (message) => {
      const { text, messageId } = message;
      if (!options.isChoiceKnown) throw new ConnectionLost("The models are not known yet.");
      if (!choice) throw new Error(words.noModel);
      // An earlier try arrived although its answer did not.
      if (view.messages.some(({ id }) => id === messageId)) return;
      const parent = view.messages.at(-1)?.id ?? "root";
      const call = await slots.callOf?.(text, parent);
      if (call) await call(message);
      else await sendMessage(view.id, { messageId, parent, text, ...choice });
      toEnd();
    },
    stop: runId === undefined ? undefined : () => void stopRun(runId).catch(() => refresh()),
  };
}
