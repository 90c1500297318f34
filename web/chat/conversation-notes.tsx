import "./conversation-notes.css";
import type { ReactElement } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import { words } from "./words.ts";

const preambleLength = 20_000;

/** A message that somebody wrote by hand has no id, and needs none. */
function worthTelling({ problems }: ConversationView): ConversationView["problems"] {
  return problems.filter(({ reason }) => reason !== "no-id");
}

/** What a reader must know about this file: that it cannot be changed here and why, and what could not be read. */
export function ConversationNotes({ view }: { readonly view: ConversationView }): ReactElement | null {
  const reason = view.readOnly && words.readOnly[view.readOnly];
  const hasPreamble = view.preamble.trim() !== "" && !view.hasEarlier;
  const problems = worthTelling(view);
  if (!reason && problems.length === 0 && !hasPreamble) return null;
  return (
    <>
      {view.readOnly === "conflict" && <ConflictNote view={view} />}
      {reason && view.readOnly !== "conflict" && (
        <div className="note note-decision" role="status">
          <Icon name="lock" />
          <p>
            <strong>{reason.title}</strong> {reason.detail}
          </p>
        </div>
      )}
      {hasPreamble && (
        <details className="note note-state">
          <summary>
            <Icon name="file" />
            <span>{words.preamble}</span>
            <Icon name="chevronNext" size={14} />
          </summary>
          <pre className="note-text" dir="auto">
            {view.preamble.trim().slice(0, preambleLength)}
          </pre>
        </details>
      )}
      {problems.length > 0 && (
        <details className="note note-state">
          <summary>
            <Icon name="warning" />
            <span>{words.problems(problems.length)}</span>
            <Icon name="chevronNext" size={14} />
          </summary>
          <ul>
            {problems.slice(0, 100).map((problem) => (
              <li key={`${problem.line} ${problem.reason}`}>
                <span className="numbers">{words.line(problem.line)}</span>{" "}
                <bdi>{visibleText(words.reasons.get(problem.reason) ?? problem.reason)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
