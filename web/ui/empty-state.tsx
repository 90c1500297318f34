import "./empty-state.css";
import type { ReactElement, ReactNode } from "react";

/** Nothing is here yet: what comes here, how to make it come, one or two acts. `level` is the heading's. */
export function EmptyState(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
  readonly level?: 2 | 3;
}): ReactElement {
  const Heading = props.level === 3 ? "h3" : "h2";
  return (
    <div className="empty-state">
      <Heading className="empty-state-title">{props.title}</Heading>
      {props.text !== undefined && <p className="empty-state-text">{props.text}</p>}
      {props.children !== undefined && <div className="empty-state-acts">{props.children}</div>}
    </div>
  );
}
