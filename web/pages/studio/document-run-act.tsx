import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunsPage } from "../../../shared/agents.ts";
import type { DocumentView } from "../../../shared/documents.ts";
import type { RosterView } from "../../../shared/roster.ts";
import { writerOf } from "../../agents/runnable-agents.ts";
import { documentAddress } from "../../platform/studio-address.ts";
import { byRoster, byRuns } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Icon } from "../../ui/icons.tsx";
import { words } from "./words.ts";

/** A run that waits for this document's reader, when it is not open yet. */
export function WaitingRunBanner({ path }: { readonly path: string }): ReactElement | null {
  const query = new URLSearchParams({ path, status: "waiting", limit: "5" });
  const runs = useResource<AgentRunsPage>(`/agents/runs?${query}`, byRuns).value?.runs ?? [];
  const run = runs.find(({ isScratch }) => !isScratch);
  if (!run) return null;
  return (
    <Banner
      level="decision"
      icon="pencil"
      title={words.proposesChange(run.agent)}
      detail={words.lines(run.added ?? 0, run.removed ?? 0, run.goal.split("\n", 1)[0] ?? "")}
    >
      <Link className="button" href={documentAddress(path, { run: run.id })}>
        {words.reviewAct}
      </Link>
    </Banner>
  );
}

/** Asks the document's writer for it, anew or for the first time. */
export function DocumentRunAct(props: {
  readonly path: string;
  readonly view: DocumentView | undefined;
  readonly open: () => void;
}): ReactElement | null {
  const { path, view } = props;
  const roster = useResource<RosterView>("/roster", byRoster).value;
  if (view?.readOnly !== undefined || writerOf(roster, path) === undefined) return null;
  const label = view === undefined ? words.letWrite : words.writeAgain;
  return (
    <button type="button" className="button" title={label} onClick={props.open}>
      <Icon name="again" />
      <span className="act-words">{label}</span>
    </button>
  );
}
