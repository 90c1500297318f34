import { type RefObject, useEffect, useRef } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import { problemWords } from "../platform/api.ts";
import { useToast } from "../ui/toasts.tsx";
import { changeConversation, fetchPlace } from "./chat-api.ts";
import type { MessageListHandle } from "./messages/message-list.tsx";
import { words } from "./words.ts";

/** Some more than needed, so that one sees what the message answers. */
const messagesAbove = 20;
/** What the server gives at a time; it gives less of long ones. */
const messagesAtMost = 10_000;

/** Brings the message that the address names to the reader: from another version, and from pages that are not here yet. */
export function useWantedMessage(options: {
  readonly wanted?: string | undefined;
  readonly view: ConversationView;
  readonly list: RefObject<MessageListHandle | null>;
  readonly loadEarlier: (count?: number) => Promise<void>;
  readonly refresh: () => void;
  readonly showVersion: (head: string) => void;
}): void {
  const { wanted, view } = options;
  const toast = useToast();
  const latest = useRef(options);
  latest.current = options;
  const asked = useRef<string>(undefined);
  /** The message that is on the shown path, as the server says, and how many follow it there. */
  const onPath = useRef<{ readonly id: string; readonly later: number }>(undefined);
  const shown = useRef<string>(undefined);
  const complain = useRef((thrown: unknown): void => {
    const { title, detail } = problemWords(thrown);
    toast({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
  }).current;

  useEffect(() => {
    if (wanted === undefined || shown.current === wanted) return;
    const { list, loadEarlier, refresh } = latest.current;
    const loadUpTo = (later: number): Promise<void> =>
      loadEarlier(Math.min(messagesAtMost, Math.max(messagesAbove, later + messagesAbove - view.messages.length)));
    const find = async (): Promise<void> => {
      const { id, head, readOnly, hasEarlier } = view;
      const { isShown, later } = await fetchPlace(id, wanted);
      if (!isShown && readOnly !== undefined) return toast({ text: words.otherBranch, icon: "warning" });
      if (!isShown) {
        await changeConversation(id, { head: wanted });
        const back = { label: words.showBefore, run: () => latest.current.showVersion(head) };
        toast({ text: words.otherVersion, act: back });
      }
      onPath.current = { id: wanted, later };
      if (isShown && hasEarlier) await loadUpTo(later);
      else refresh();
    };
    if (view.messages.some(({ id }) => id === wanted)) {
      shown.current = wanted;
      list.current?.show(wanted);
    } else if (onPath.current?.id === wanted && view.hasEarlier) {
      loadUpTo(onPath.current.later).catch(complain);
    } else if (asked.current !== wanted) {
      asked.current = wanted;
      find().catch(complain);
    }
  }, [wanted, view, toast, complain]);
}
