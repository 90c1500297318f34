import { type ReactElement, useState } from "react";
import { problemWords } from "../platform/api.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useLogEntry } from "./log-entry-panel.tsx";
import { LogList } from "./log-list.tsx";
import type { LogItems } from "./use-log-items.ts";
import { words } from "./words.ts";

/** Where the list opens: at the entry of the address, when there was one. The newest entry is on top. */
function useStart(ref: string | undefined, isNarrow: boolean, total: number): number | undefined {
  const [first] = useState(ref);
  const entry = useLogEntry(isNarrow ? undefined : first).value;
  return entry === undefined || total === 0 || isNarrow ? undefined : Math.max(0, total - 1 - entry.index);
}

/** The timeline, or why there is none. */
export function LogContent(props: {
  readonly items: LogItems;
  readonly problem: unknown;
  readonly isNarrow: boolean;
  readonly openRef: string | undefined;
  readonly addressOf: (ref: string) => string;
  readonly retry: () => void;
}): ReactElement {
  const { items, isNarrow, openRef } = props;
  const startAt = useStart(openRef, isNarrow, items.window.total);
  if (items.window.total > 0 || (items.isFirst && props.problem === undefined)) {
    return (
      <LogList
        window={items.window}
        openRef={openRef}
        addressOf={props.addressOf}
        show={items.show}
        startAt={startAt}
      />
    );
  }
  if (props.problem !== undefined) {
    return (
      <div className="page-content">
        <ProblemNote {...problemWords(props.problem)} retry={props.retry} />
      </div>
    );
  }
  return (
    <div className="page-content">
      {isNarrow ? <EmptyState title={words.noMatch} /> : <EmptyState title={words.empty} text={words.emptyText} />}
    </div>
  );
}
