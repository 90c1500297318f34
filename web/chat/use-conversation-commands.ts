import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { ConversationSummary } from "../../shared/chat.ts";
import { ApiProblem, problemWords } from "../platform/api.ts";
import { useToast } from "../ui/toasts.tsx";
import { changeConversation, removeConversation, restoreConversation } from "./chat-api.ts";
import type { TitleChoice } from "./title-choice-dialog.tsx";
import { words } from "./words.ts";

export interface ConversationCommands {
  readonly rename: (conversation: ConversationSummary, title: string) => void;
  /** Moves it to the trash and offers to undo that; `onRemoved` runs when it is done. */
  readonly remove: (conversation: ConversationSummary, onRemoved?: () => void) => void;
  readonly copy: (text: string) => void;
}

/** `titleChoice`: a rename met another one, and a person has to say which title it is. */
export function useConversationCommands(): {
  readonly commands: ConversationCommands;
  readonly titleChoice: TitleChoice | undefined;
} {
  const show = useToast();
  const [, navigate] = useLocation();
  const [titleChoice, setTitleChoice] = useState<TitleChoice>();
  const commands = useMemo(() => {
    const complain = (thrown: unknown): void => {
      const { title, detail } = problemWords(thrown);
      show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
    };
    const restore = (token: string, address: string | undefined): void => {
      restoreConversation(token).then(() => {
        show({ text: words.restored });
        if (address !== undefined) navigate(address);
      }, complain);
    };
    const rename = (id: string, title: string, baseTitle: string): void => {
      changeConversation(id, { title, baseTitle }).catch((thrown: unknown) => {
        const elsewhere = titleElsewhere(thrown);
        if (elsewhere === undefined) {
          complain(thrown);
          return;
        }
        const close = (): void => setTitleChoice(undefined);
        const takeMine = (): void => {
          close();
          rename(id, title, elsewhere);
        };
        setTitleChoice({ elsewhere, mine: title, takeMine, close });
      });
    };
    return {
      rename(conversation: ConversationSummary, title: string) {
        const wanted = title.trim();
        if (wanted !== "" && wanted !== conversation.title) rename(conversation.id, wanted, conversation.title);
      },
      remove(conversation: ConversationSummary, onRemoved?: () => void) {
        const address = `/c/${encodeURIComponent(conversation.id)}`;
        // Who had it open is brought back to it.
        const before = location.pathname.endsWith(address) ? address : undefined;
        removeConversation(conversation.id).then((removed) => {
          onRemoved?.();
          show({
            text: words.movedToTrash,
            detail: conversation.title,
            icon: "trash",
            act: { label: words.undo, run: () => restore(removed.restore, before) },
          });
        }, complain);
      },
      copy(text: string) {
        navigator.clipboard.writeText(text).then(() => show({ text: words.copied, detail: text }), complain);
      },
    };
  }, [show, navigate]);
  return { commands, titleChoice };
}

/** What the file says now, when that is why a rename was refused. */
function titleElsewhere(thrown: unknown): string | undefined {
  if (!(thrown instanceof ApiProblem) || thrown.details.code !== "stale") return undefined;
  const title = thrown.details.facts?.["title"];
  return typeof title === "string" ? title : undefined;
}
