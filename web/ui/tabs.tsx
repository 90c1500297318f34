import "./tabs.css";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";

export interface Tab {
  readonly label: string;
  readonly href: string;
  readonly isChosen: boolean;
  readonly badge?: ReactNode;
}

/**
 * Views of the same thing, each with an address: links in a row, the chosen one named by `aria-current`. `line`: a rule
 * of ink under the chosen one; `box`: one frame around all.
 */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly look?: "line" | "box";
  readonly onChoose?: () => void;
}): ReactElement {
  return (
    <nav className={`tabs tabs-${props.look ?? "line"}`} aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.href}
          className="tab"
          href={tab.href}
          aria-current={tab.isChosen ? "page" : undefined}
          {...(props.onChoose ? { onClick: props.onChoose } : {})}
        >
          {tab.label}
          {tab.badge}
        </Link>
      ))}
    </nav>
  );
}
