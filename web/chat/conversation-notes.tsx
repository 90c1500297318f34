import "./conversation-notes.css";
import type { ReactElement } from "react";
import type { ConversationView } from "../../shared/chat.ts";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

/** What a reader must know about this file: that it cannot be changed here and why, and what could not be read. */
export function ConversationNotes({ view }: { readonly view: ConversationView }): ReactElement | null {
  const reason = view.readOnly && words.readOnly[view.readOnly];
  if (!reason && view.problems.length === 0) return null;
  return (
    <>
      {reason && (
        <div className="note note-decision" role="status">
          <Icon name="lock" />
          <p>
            <strong>{reason.title}</strong> {reason.detail}
          </p>
        </div>
      )}
      {view.problems.length > 0 && (
        <details className="note note-state">
          <summary>
            <Icon name="warning" />
            {words.problems(view.problems.length)}
          </summary>
          <ul>
            {view.problems.slice(0, 100).map((problem) => (
              <li key={`${problem.line} ${problem.reason}`}>
                <span className="numbers">{words.line(problem.line)}</span> <bdi>{problem.reason}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
