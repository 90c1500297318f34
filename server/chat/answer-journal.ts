import type { Journal } from "../platform/journal/journal.ts";
import { toJournal } from "./journal-records.ts";
import type { LiveAnswer } from "./live-answer.ts";
import type { OpenConversation } from "./open-conversation.ts";

/** With the time of the disk this keeps a crash under the 500 ms of tokens that P2 allows. */
const everyMs = 150;

export interface AnswerJournal {
  add(open: OpenConversation, answer: LiveAnswer): void;
  /** Makes the rest of the answer durable with what is appended next. */
  remove(answer: LiveAnswer): void;
  close(): void;
}

/** Takes what all growing answers gained since the last time into the journal, in one write for all of them. */
export function createAnswerJournal(journal: Journal, onError: (error: unknown) => void): AnswerJournal {
  const growing = new Map<LiveAnswer, OpenConversation>();
  let timer: NodeJS.Timeout | undefined;

  const save = (answer: LiveAnswer, open: OpenConversation): Promise<unknown> | undefined => {
    const pieces = answer.takeUnsaved();
    if (pieces.length === 0) return undefined;
    return journal.append(
      open.path,
      toJournal(answer.conversationId, [{ type: "answered", messageId: answer.messageId, pieces }]),
    );
  };

  const tick = (): void => {
    for (const [answer, open] of growing) save(answer, open)?.catch(onError);
  };

  return {
    add: (open, answer) => {
      growing.set(answer, open);
      timer ??= setInterval(tick, everyMs);
    },
    remove: (answer) => {
      const open = growing.get(answer);
      growing.delete(answer);
      if (open !== undefined) save(answer, open)?.catch(onError);
      if (growing.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
    close: () => clearInterval(timer),
  };
}
