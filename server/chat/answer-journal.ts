import type { Journal } from "../platform/journal/journal.ts";
import { toJournal } from "./journal-records.ts";
import type { LiveAnswer } from "./live-answer.ts";

/** With the time of the disk this keeps a crash under the 500 ms of tokens that P2 allows. */
const everyMs = 150;

export interface AnswerJournal {
  add(path: string, answer: LiveAnswer): void;
  /** Makes the rest of the answer durable with what is appended next. */
  remove(answer: LiveAnswer): void;
  close(): void;
}

/** Takes what all growing answers gained since the last time into the journal, in one write for all of them. */
export function createAnswerJournal(journal: Journal, onError: (error: unknown) => void): AnswerJournal {
  const growing = new Map<LiveAnswer, string>();
  let timer: NodeJS.Timeout | undefined;

  const save = (answer: LiveAnswer, path: string): Promise<unknown> | undefined => {
    const pieces = answer.takeUnsaved();
    if (pieces.length === 0) return undefined;
    return journal.append(
      path,
      toJournal(answer.conversationId, [{ type: "answered", messageId: answer.messageId, pieces }]),
    );
  };

  const tick = (): void => {
    for (const [answer, path] of growing) save(answer, path)?.catch(onError);
  };

  return {
    add: (path, answer) => {
      growing.set(answer, path);
      timer ??= setInterval(tick, everyMs);
    },
    remove: (answer) => {
      const path = growing.get(answer);
      growing.delete(answer);
      if (path !== undefined) save(answer, path)?.catch(onError);
      if (growing.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
    close: () => clearInterval(timer),
  };
}
