import "./agents.css";
import type { ReactElement } from "react";
import { visibleText } from "../ui/markdown/visible-text.tsx";

/** What is said beside the change: nothing, when there is nothing to say. */
export function Remarks({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly string[];
}): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <section className="agent-remarks" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{visibleText(item)}</li>
        ))}
      </ul>
    </section>
  );
}

/** A long text that is there when it is wanted. */
export function Folded(props: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <details className="input-part agent-folded">
      <summary>
        <span className="input-part-name">{props.title}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <pre dir="auto" tabIndex={0}>
        {visibleText(props.text)}
      </pre>
    </details>
  );
}
