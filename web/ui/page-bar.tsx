import "./page-bar.css";
import type { ReactElement, ReactNode } from "react";

/** The head of a page: what it is, where it is stored (with a mark whether it is on disk), and its acts. */
export function PageBar(props: {
  readonly openSide: ReactNode;
  readonly title: ReactNode;
  /** In mono: the path, and facts about it. Longer ones are cut at the end. */
  readonly path?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <header className="page-bar">
      {props.openSide}
      <div className="page-bar-names">
        <h1 className="page-bar-title">{props.title}</h1>
        {props.path !== undefined && <p className="page-bar-path">{props.path}</p>}
      </div>
      {props.children !== undefined && <div className="page-bar-acts">{props.children}</div>}
    </header>
  );
}
