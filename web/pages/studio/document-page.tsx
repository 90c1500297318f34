import "./document-page.css";
import { type ReactElement, useEffect } from "react";
import { Link } from "wouter";
import { useLocationProperty } from "wouter/use-browser-location";
import type { DocumentView } from "../../../shared/documents.ts";
import { DocumentEditor } from "../../documents/document-editor.tsx";
import { DocumentHistory } from "../../documents/document-history.tsx";
import { DocumentReader } from "../../documents/document-reader.tsx";
import { documentWords as words } from "../../documents/document-words.ts";
import { contentPath } from "../../documents/documents-api.ts";
import { FeedbackActs } from "../../feedback/feedback-acts.tsx";
import { problemCode, problemWords } from "../../platform/api.ts";
import { documentAddress } from "../../platform/studio-address.ts";
import { byDocuments } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { StateDot } from "../../ui/state-dot.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { DocumentBeside, DocumentChange, DocumentRunAct, useBeside, WaitingRunBanner } from "./document-beside.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { words as studioWords } from "./words.ts";

const parts = ["read", "source", "history"] as const;
type Part = (typeof parts)[number];

function usePart(): Part {
  const hash = useLocationProperty(() => location.hash.slice(1));
  return parts.find((part) => part === hash) ?? "read";
}

/** One document: to read, to write by hand, and how it came to be; beside it the run that changes it. */
export function DocumentPage(props: StudioPageProps & { readonly path: string }): ReactElement {
  const { path, openSide } = props;
  const part = usePart();
  const { value: view, problem, refresh } = useResource<DocumentView>(contentPath(path), byDocuments);
  const beside = useBeside(path);
  const name = view?.name ?? path;
  useEffect(() => {
    document.title = `${name} · Folio`;
  }, [name]);
  const tabs = parts.map((each) => ({
    label: words[each],
    href: documentAddress(path, {
      ...(each === "read" ? {} : { part: each }),
      ...(beside.run === undefined ? {} : { run: beside.run }),
    }),
    isChosen: each === part,
  }));
  const views = <Tabs label={words.views} tabs={tabs} look="box" />;
  const { compared } = beside;
  const isRead = part === "read";
  return (
    <>
      <PageBar openSide={openSide} title={name} path={<Facts path={path} view={view} />}>
        <DocumentRunAct path={path} view={view} open={beside.openForm} />
        <div className="document-tabs-beside">{views}</div>
      </PageBar>
      <div className="document-tabs-below">{views}</div>
      {beside.run === undefined && <WaitingRunBanner path={path} />}
      <div className="page-columns">
        <section className="page-content" aria-label={name}>
          {view === undefined && problem !== undefined && compared === undefined && (
            <Failed problem={problem} retry={refresh} />
          )}
          {compared && (isRead || view === undefined) && <DocumentChange comparison={compared} />}
          {view && isRead && !compared && <DocumentReader view={view} />}
          {view && part === "source" && <DocumentEditor view={view} />}
          {view && part === "history" && (
            <DocumentHistory
              view={view}
              acts={({ revision }) => <FeedbackActs target={{ document: path, revision }} />}
            />
          )}
        </section>
        <DocumentBeside {...props} beside={beside} />
      </div>
    </>
  );
}

function Facts({ path, view }: { readonly path: string; readonly view: DocumentView | undefined }): ReactElement {
  const filled = view?.completeness;
  return (
    <>
      <bdi dir="ltr">{path}</bdi>
      {view && filled && ` · ${words.filledOf(filled.filled, filled.total)}`}
      {view && view.versionCount > 0 && ` · ${words.versions(view.versionCount)}`}
      {view && " "}
      {view && <StateDot state="solid" label={studioWords.onDisk} />}
    </>
  );
}

function Failed({ problem, retry }: { readonly problem: unknown; readonly retry: () => void }): ReactElement {
  const { title, detail } = problemWords(problem);
  if (problemCode(problem) !== "not-found") return <ProblemNote title={title} detail={detail} retry={retry} />;
  return (
    <EmptyState title={title} text={detail}>
      <Link className="button" href="/studio">
        {studioWords.overview}
      </Link>
    </EmptyState>
  );
}
