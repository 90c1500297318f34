import "./section.css";
import type { ReactElement, ReactNode } from "react";

/** A section begins with a rule of ink, its name, a note in small, and its acts at the end. */
export function Section(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly acts?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
}): ReactElement {
  return (
    <section
      className={props.className === undefined ? "section" : `section ${props.className}`}
      aria-label={props.title}
    >
      <div className="section-head">
        <h2 className="section-title">{props.title}</h2>
        {props.note !== undefined && <div className="section-note">{props.note}</div>}
        {props.acts !== undefined && <div className="section-acts">{props.acts}</div>}
      </div>
      {props.children}
    </section>
  );
}
