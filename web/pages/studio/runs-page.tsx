import { type ReactElement, useEffect } from "react";
import { useLocation, useSearchParams } from "wouter";
import { listWords as words } from "../../agents/list-words.ts";
import { Runs } from "../../agents/runs.tsx";
import type { RunFilter } from "../../agents/runs-path.ts";
import { newRunAddress } from "../../platform/studio-address.ts";
import { Icon } from "../../ui/icons.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { NewRunPanel, wishOf } from "./new-run-panel.tsx";
import type { StudioPageProps } from "./studio-page.ts";

/** Every run, by agent and by how it ended; beside it the form that asks for one. */
export function RunsPage({ openSide, providers }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const isNew = parameters.has("new");
  // With the form open, `agent` names who is asked.
  const agent = isNew ? "" : (parameters.get("agent") ?? "");
  const filter: RunFilter = { agent, status: parameters.get("status") ?? "" };
  useEffect(() => {
    document.title = `${words.title} · Folio`;
  }, []);
  const show = (next: RunFilter): void => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ""));
    navigate(query.size === 0 ? "/studio/runs" : `/studio/runs?${query}`);
  };
  const openForm = (): void => navigate(newRunAddress());
  return (
    <>
      <PageBar openSide={openSide} title={words.title}>
        <button type="button" className="button" onClick={openForm}>
          <Icon name="play" />
          <span className="act-words">{words.runAgent}</span>
        </button>
      </PageBar>
      <div className="page-columns">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <section className="page-content" aria-label={words.title} tabIndex={0}>
          <Runs filter={filter} change={show} runAgent={openForm} />
        </section>
        {isNew && (
          <NewRunPanel wish={wishOf(parameters)} providers={providers} onClose={() => navigate("/studio/runs")} />
        )}
      </div>
    </>
  );
}
