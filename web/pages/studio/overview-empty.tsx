import type { ReactElement } from "react";
import { Link } from "wouter";
import { newProjectAddress, newRunAddress } from "../../platform/studio-address.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { words } from "./words.ts";

/** Before there is a `.codex/`: what will be written, and by which act. */
export function OverviewEmpty(props: { readonly folder: string; readonly missing: readonly string[] }): ReactElement {
  return (
    <div className="overview-empty">
      <EmptyState title={words.emptyTitle} text={words.emptyText}>
        <Link className="button button-main" href={newProjectAddress}>
          {words.startProject}
        </Link>
        <Link className="button" href={newRunAddress()}>
          {words.runAgent}
        </Link>
      </EmptyState>
      <dl className="overview-acts">
        <dt>{words.startProject}</dt>
        <dd>{words.startProjectText}</dd>
        <dt>{words.runAgent}</dt>
        <dd>{words.runAgentText}</dd>
      </dl>
      <p className="overview-note">{words.nothingWritten}</p>
      <pre className="overview-tree" dir="ltr">
        {props.folder}
        {"\n└─ .codex/"}
        {props.missing.map((path) => `\n   └─ ${path.slice(path.lastIndexOf("/") + 1)}`)}
      </pre>
    </div>
  );
}
