import "./problem-note.css";
import type { ReactElement } from "react";
import { Icon } from "./icons.tsx";

/** What went wrong, what was kept, and a way to try again. Read aloud when it appears. */
export function ProblemNote(props: {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly retry?: () => void;
  /** What `retry` is called. */
  readonly act?: string;
}): ReactElement {
  return (
    <div className="problem-note" role="alert">
      <Icon name="warning" />
      <div className="problem-note-words">
        <p className="problem-note-title">{props.title}</p>
        {props.detail !== undefined && <p>{props.detail}</p>}
      </div>
      {props.retry && (
        <button type="button" className="button" onClick={props.retry}>
          {props.act ?? "Try again"}
        </button>
      )}
    </div>
  );
}
