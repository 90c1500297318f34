import "./document-beside.css";
import { type ReactElement, useCallback, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { RosterView } from "../../../shared/roster.ts";
import type { Comparison } from "../../agents/compare-run.ts";
import { RunPanel } from "../../agents/run-panel.tsx";
import { writerOf } from "../../agents/runnable-agents.ts";
import { startWords } from "../../agents/start-run-words.ts";
import { documentAddress } from "../../platform/studio-address.ts";
import { byRoster } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { BlockDiffView } from "../../ui/diff/block-diff-view.tsx";
import { NewRunPanel } from "./new-run-panel.tsx";
import type { StudioPageProps } from "./studio-page.ts";

export interface Beside {
  readonly path: string;
  /** The run that is open beside the document. */
  readonly run: string | undefined;
  readonly isFormOpen: boolean;
  /** What the open run's diff compares, while it waits. */
  readonly compared: Comparison | undefined;
  readonly setCompared: (comparison: Comparison | undefined) => void;
  readonly openForm: () => void;
  readonly close: () => void;
}

/** What is open beside the document, as its address says: `?run=ID`, or `?write` for the form. */
export function useBeside(path: string): Beside {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [state, setState] = useState<{ readonly run: string | undefined; readonly compared: Comparison | undefined }>();
  const run = parameters.get("run") ?? undefined;
  const setCompared = useCallback((compared: Comparison | undefined) => setState({ run, compared }), [run]);
  const hash = location.hash === "" ? {} : { part: location.hash.slice(1) };
  return {
    path,
    run,
    isFormOpen: run === undefined && parameters.has("write"),
    compared: run !== undefined && state?.run === run ? state.compared : undefined,
    setCompared,
    openForm: () => navigate(`${documentAddress(path)}?write`),
    close: () => navigate(documentAddress(path, hash)),
  };
}

/** The document with what the open run would change in it. */
export function DocumentChange({ comparison }: { readonly comparison: Comparison }): ReactElement {
  return (
    <article className="document-change-text" data-new={comparison.before.trim() === "" ? "" : undefined}>
      <BlockDiffView before={comparison.before} after={comparison.after} />
    </article>
  );
}

/** The panel beside the document: a run, or the form that asks for one. */
export function DocumentBeside(props: StudioPageProps & { readonly beside: Beside }): ReactElement | null {
  const { beside } = props;
  const [, navigate] = useLocation();
  const roster = useResource<RosterView>("/roster", byRoster).value;
  if (beside.run !== undefined) {
    return (
      <RunPanel
        key={beside.run}
        id={beside.run}
        onClose={beside.close}
        onOther={(run) => navigate(documentAddress(beside.path, { run }))}
        onCompared={beside.setCompared}
      />
    );
  }
  if (!beside.isFormOpen) return null;
  const name = beside.path.slice(beside.path.lastIndexOf("/") + 1);
  return (
    <NewRunPanel
      wish={{ agent: writerOf(roster, beside.path), target: beside.path, goal: startWords.again(name) }}
      providers={props.providers}
      onClose={beside.close}
    />
  );
}
