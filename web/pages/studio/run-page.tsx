import { type ReactElement, useEffect } from "react";
import { Link, useLocation } from "wouter";
import type { AgentRunView } from "../../../shared/agents.ts";
import { runPath } from "../../agents/agents-api.ts";
import { runWords } from "../../agents/agents-words.ts";
import { RunWhole } from "../../agents/run-whole.tsx";
import { documentAddress, runAddress } from "../../platform/studio-address.ts";
import { byRuns } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import type { StudioPageProps } from "./studio-page.ts";

/** One run on a page of its own. */
export function RunPage({ id, openSide }: StudioPageProps & { readonly id: string }): ReactElement {
  const [, navigate] = useLocation();
  const run = useResource<AgentRunView>(runPath(id), byRuns).value;
  const title = run ? `${runWords.run}: ${run.agent}` : runWords.run;
  useEffect(() => {
    document.title = `${title} · Folio`;
  }, [title]);
  return (
    <>
      <PageBar openSide={openSide} title={title} path={<bdi dir="ltr">{visibleText(id)}</bdi>}>
        {run && (
          <Link
            className="button"
            href={documentAddress(run.target, run.status === "waiting" && !run.isScratch ? { run: id } : {})}
          >
            {run.status === "waiting" && !run.isScratch ? runWords.beside : runWords.openDocument}
          </Link>
        )}
      </PageBar>
      <section className="page-content" aria-label={title} tabIndex={-1}>
        <RunWhole id={id} onOther={(other) => navigate(runAddress(other))} />
      </section>
    </>
  );
}
