import "./overview-page.css";
import { type ReactElement, useEffect } from "react";
import { Link } from "wouter";
import { problemWords } from "../../platform/api.ts";
import { newProjectAddress, newRunAddress } from "../../platform/studio-address.ts";
import { Icon } from "../../ui/icons.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { OverviewEmpty } from "./overview-empty.tsx";
import { OverviewSections } from "./overview-sections.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { StudioPath } from "./studio-path.tsx";
import { useDocuments, useNewestRuns, useTaskLog } from "./studio-resources.ts";
import { words } from "./words.ts";

/** What the studio holds, what waits, and what happened last. */
export function OverviewPage({ openSide, session }: StudioPageProps): ReactElement {
  const documents = useDocuments();
  const log = useTaskLog().value;
  const runs = useNewestRuns().value;
  useEffect(() => {
    document.title = `${words.studio} · Folio`;
  }, []);
  const view = documents.value;
  const isEmpty =
    view !== undefined && !view.exists && view.documents.length === 0 && !log?.exists && (runs?.total ?? 0) === 0;
  return (
    <>
      <PageBar openSide={openSide} title={words.studio} path={<StudioPath />}>
        {!isEmpty && (
          <>
            <Link className="button" href={newRunAddress()}>
              <Icon name="play" />
              <span className="act-words">{words.runAgent}</span>
            </Link>
            <Link className="button button-main" href={newProjectAddress}>
              {words.startProject}
            </Link>
          </>
        )}
      </PageBar>
      <div className="page-content overview" tabIndex={-1}>
        {documents.problem !== undefined && (
          <ProblemNote {...problemWords(documents.problem)} retry={documents.refresh} />
        )}
        {isEmpty && <OverviewEmpty folder={session.workspace.folder} missing={view.missing} />}
        {view && !isEmpty && <OverviewSections documents={view} log={log} runs={runs} />}
      </div>
    </>
  );
}
