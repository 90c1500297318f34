import "./conflict-note.css";
import { type ReactElement, useEffect, useRef } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import type { ConflictView } from "../../shared/conflicts.ts";
import { Icon } from "../ui/icons.tsx";
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
        {found?.outcome === "split" && <Acts conflict={conflict} />}
      </div>
    </section>
  );
}

function detailOf({ found, hasFailed }: Conflict): string {
  if (found?.outcome === "split") return words.copyStays;
  if (found?.outcome === "unclear") return words.unclear(found.line);
  return hasFailed ? words.failed : words.looking;
}

function Sides({ found }: { readonly found: Split }): ReactElement {
  const { ours, theirs, changedOnBoth, changedOnBothCount } = found;
  return (
    <>
      <ul className="conflict-sides">
        <li>
          <bdi>{words.ours(ours.name)}</bdi>: {words.has(ours.messages)}
        </li>
        <li>
          <bdi>{words.theirs(theirs.name)}</bdi>: {words.has(theirs.messages)}
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
      <strong>{name}:</strong> <bdi>{text === "" ? words.empty : text}</bdi>
    </p>
  );
}

function Acts({ conflict: { settle, isSettling } }: { readonly conflict: Conflict }): ReactElement {
  return (
    <div className="conflict-acts">
      <button type="button" className="button button-main" disabled={isSettling} onClick={() => settle("both")}>
        {words.unite}
      </button>
      <button type="button" className="button" disabled={isSettling} onClick={() => settle("ours")}>
        {words.keepOurs}
      </button>
      <button type="button" className="button" disabled={isSettling} onClick={() => settle("theirs")}>
        {words.keepTheirs}
      </button>
    </div>
  );
}
