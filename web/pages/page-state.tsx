import { type ReactElement, type ReactNode, useEffect } from "react";

/** Nothing to show, and why: one sentence, one explanation, one or two acts. */
export function PageState(props: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children?: ReactNode;
}): ReactElement {
  useEffect(() => {
    document.title = `${props.title} · Folio`;
  }, [props.title]);
  return (
    <section className="page-state">
      <h1 className="page-state-title">{props.title}</h1>
      {props.text !== undefined && <p className="page-state-text">{props.text}</p>}
      {props.children && <div className="page-state-acts">{props.children}</div>}
    </section>
  );
}
