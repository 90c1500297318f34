import "./conflict-note.css";
import { type ReactElement, useEffect, useRef } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import type { ConflictView, ResolveConflict } from "../../shared/conflicts.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { conflictWords as words } from "./conflict-words.ts";
import { type Conflict, useConflict } from "./use-conflict.ts";

type Split = Extract<ConflictView, { outcome: "split" }>;

/** Says that git left two versions in the file, what each has, and offers to unite them. */
export function ConflictNote({ view }: { readonly view: ConversationView }): ReactElement {
  const conflict = useConflict(view.id, view.eventId);
  const { found } = conflict;
  const note = useRef<HTMLElement>(null);
  useEffect(() => {
    const held = note.current;
    // Who settled it by the keyboard goes on with what is now in the file.
    return () => {
      if (held?.contains(document.activeElement)) document.querySelector<HTMLElement>(".messages-area")?.focus();
    };
  }, []);
  return (
    <section ref={note} className="note note-decision conflict-note" aria-label={words.title}>
      <Icon name="lock" />
      <div className="conflict-words">
        <p role="status">
          <strong>{words.title}</strong> {detailOf(conflict)}
        </p>
        {found?.outcome === "split" && <Sides found={found} />}
        {found !== undefined && <Acts conflict={conflict} />}
      </div>
    </section>
  );
}

function detailOf({ found, hasFailed }: Conflict): string {
  if (found?.outcome === "split") return words.copyStays;
  if (found?.outcome === "unclear") {
    const how = words.unclear(found.line, found.marks);
    return found.canBeText ? `${how} ${words.orText}` : how;
  }
  return hasFailed ? words.failed : words.looking;
}

function Sides({ found }: { readonly found: Split }): ReactElement {
  const { ours, theirs, changedOnBoth, changedOnBothCount } = found;
  return (
    <>
      <ul className="conflict-sides">
        <li>
          <bdi>{visibleText(words.ours(ours.name))}</bdi>: {words.has(ours.messages)}
        </li>
        <li>
          <bdi>{visibleText(words.theirs(theirs.name))}</bdi>: {words.has(theirs.messages)}
        </li>
        {ours.title !== theirs.title && (
          <li>
            {words.otherTitle}: <bdi>“{ours.title}”</bdi>, <bdi>“{theirs.title}”</bdi>
          </li>
        )}
      </ul>
      {changedOnBothCount > 0 && (
        <details className="conflict-both">
          <summary>
            <Icon name="chevronNext" size={14} />
            <span>{words.changedOnBoth(changedOnBothCount)}</span>
          </summary>
          <ul>
            {changedOnBoth.map((message) => (
              <li key={message.id}>
                <Wording name={words.ours("")} text={message.ours} />
                <Wording name={words.theirs("")} text={message.theirs} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Wording({ name, text }: { readonly name: string; readonly text: string }): ReactElement {
  return (
    <p>
      <strong>{name}:</strong> <bdi>{visibleText(text === "" ? words.empty : text)}</bdi>
    </p>
  );
}

/** From the likeliest on; a file that cannot be told apart leaves the last alone. */
const acts: readonly { readonly keep: ResolveConflict["keep"]; readonly name: string }[] = [
  { keep: "both", name: words.unite },
  { keep: "ours", name: words.keepOurs },
  { keep: "theirs", name: words.keepTheirs },
  { keep: "text", name: words.asText },
];

function Acts({ conflict: { found, settle, isSettling } }: { readonly conflict: Conflict }): ReactElement | null {
  if (found === undefined || found.outcome === "none") return null;
  const offered = acts.filter(({ keep }) => (keep === "text" ? found.canBeText : found.outcome === "split"));
  return (
    <div className="conflict-acts">
      {offered.map(({ keep, name }) => (
        <button
          key={keep}
          type="button"
          className={keep === "both" ? "button button-main" : "button"}
          disabled={isSettling}
          onClick={() => settle(keep)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
