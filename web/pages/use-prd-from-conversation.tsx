import { useMemo, useRef } from "react";
import type { MessageView } from "../../shared/chat.ts";
import { changeRoster, fetchRoster } from "../agents/agents-api.ts";
import type { ConversationSlots } from "../chat/conversation-slots.ts";
import { problemWords } from "../platform/api.ts";
import { newId } from "../platform/new-id.ts";
import { Icon } from "../ui/icons.tsx";
import type { MenuItem } from "../ui/menu.tsx";
import { useToast } from "../ui/toasts.tsx";
import { words } from "./words.ts";

const writer = "doc_writer";

/** The act of a conversation's menu that has the document writer make a PRD of what was said. */
export function usePrdFromConversation(options: {
  readonly id: string;
  readonly messages: readonly MessageView[];
  readonly calls: Required<Pick<ConversationSlots, "callOf">>;
}): readonly MenuItem[] {
  const show = useToast();
  const latest = useRef(options);
  latest.current = options;
  return useMemo(() => {
    const complain = (thrown: unknown): void => {
      const { title, detail } = problemWords(thrown);
      show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
    };
    const addWriter = async (): Promise<void> => {
      const { revision, missing } = await fetchRoster();
      if (missing.some(({ key }) => key === writer)) {
        await changeRoster({ base: revision ?? null, change: { type: "add-offered", key: writer } });
      }
      await call();
    };
    const call = async (): Promise<void> => {
      const { id, messages, calls } = latest.current;
      const last = messages.at(-1);
      if (last?.status === "streaming") return show({ text: words.answerFirst, icon: "warning" });
      const send = await calls.callOf(words.makePrdCall, last?.id ?? "root");
      if (!send) {
        const act = { label: words.addWriter, run: () => void addWriter().catch(complain) };
        return show({ text: words.noWriter, icon: "warning", act });
      }
      await send({ text: words.makePrdCall, messageId: newId(), conversationId: id });
    };
    return [{ label: words.makePrd, icon: <Icon name="book" />, choose: () => void call().catch(complain) }];
  }, [show]);
}
