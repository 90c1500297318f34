import { type KeyboardEvent, type ReactElement, type RefObject, useEffect, useId, useState } from "react";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { type Mention, useConversationSlots } from "../conversation-slots.ts";
import { words } from "../words.ts";
import { mentionAt, mentionsFor } from "./mention-at.ts";

export interface Mentions {
  readonly id: string;
  readonly shown: readonly Mention[];
  readonly at: number;
  /** What a screen reader is told of the field while the list is open. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Looks at the text again: it or the caret has moved. */
  readonly look: () => void;
  readonly close: () => void;
  readonly choose: (mention: Mention) => void;
  /** True when the key was the list's. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
}

/** The list that `@` at the beginning of the text opens. The focus stays in the field. */
export function useMentions(field: RefObject<HTMLTextAreaElement | null>, onInput: () => void): Mentions {
  const slots = useConversationSlots();
  const id = useId();
  const [word, setWord] = useState<string>();
  const [at, setAt] = useState(0);
  const shown = word === undefined ? [] : mentionsFor(slots.mentions ?? [], word);
  const isOpen = shown.length > 0;
  const chosen = isOpen ? Math.min(at, shown.length - 1) : 0;
  useEffect(() => {
    if (isOpen) document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, isOpen, chosen]);
  const look = (): void => {
    const element = field.current;
    const next = element && slots.wantMentions ? mentionAt(element.value, element.selectionStart) : undefined;
    if (next !== undefined) slots.wantMentions?.();
    if (next === word) return;
    setWord(next);
    setAt(0);
  };
  const choose = ({ key }: Mention): void => {
    const element = field.current;
    if (!element) return;
    const rest = element.value.trimStart().replace(/^@\S*\s?/, "");
    element.setRangeText(`@${key} ${rest}`, 0, element.value.length, "start");
    element.setSelectionRange(key.length + 2, key.length + 2);
    element.focus();
    setWord(undefined);
    onInput();
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setAt((chosen + 1) % shown.length),
    ArrowUp: () => setAt((chosen - 1 + shown.length) % shown.length),
    Home: () => setAt(0),
    End: () => setAt(shown.length - 1),
    Enter: () => shown[chosen] && choose(shown[chosen]),
    Tab: () => shown[chosen] && choose(shown[chosen]),
    Escape: () => setWord(undefined),
  };
  return {
    id,
    shown,
    at: chosen,
    attributes: isOpen
      ? { "aria-autocomplete": "list", "aria-controls": id, "aria-activedescendant": `${id}-${chosen}` }
      : {},
    look,
    close: () => setWord(undefined),
    choose,
    onKeyDown: (event) => {
      const act = keys[event.key];
      if (!isOpen || !act || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
      event.preventDefault();
      act();
      return true;
    },
  };
}

export function MentionList({ mentions }: { readonly mentions: Mentions }): ReactElement {
  const { id, shown, at, choose } = mentions;
  return (
    <>
      <div className="hidden-text" role="status">
        {shown.length > 0 && words.agentsFound(shown.length)}
      </div>
      {shown.length > 0 && (
        <div id={id} className="mention-list" role="listbox" aria-label={words.agents}>
          {shown.map((mention, index) => (
            <div
              key={mention.key}
              id={`${id}-${index}`}
              className="mention"
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              // The focus and the keys stay the field's.
              onPointerDown={(event) => {
                event.preventDefault();
                if (event.button === 0) choose(mention);
              }}
            >
              <bdi className="mention-key">@{mention.key}</bdi>
              <bdi className="mention-about">{visibleText(mention.about)}</bdi>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
