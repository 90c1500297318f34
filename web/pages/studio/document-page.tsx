import "./document-page.css";
import { type ReactElement, useEffect } from "react";
import { useLocationProperty } from "wouter/use-browser-location";
import type { DocumentView as Document } from "../../../shared/documents.ts";
import { documentWords as words } from "../../documents/document-words.ts";
import { contentPath } from "../../documents/documents-api.ts";
import { documentAddress } from "../../platform/studio-address.ts";
import { byDocuments } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { withMarks } from "../../ui/markdown/invisible.ts";
import { PageBar } from "../../ui/page-bar.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { DocumentBeside, DocumentChange, useBeside } from "./document-beside.tsx";
import {
  DocumentFacts,
  DocumentMissing,
  type DocumentPart,
  DocumentView,
  documentParts as parts,
} from "./document-parts.tsx";
import { DocumentRunAct, WaitingRunBanner } from "./document-run-act.tsx";
import type { StudioPageProps } from "./studio-page.ts";

function usePart(): DocumentPart {
  const hash = useLocationProperty(() => location.hash.slice(1));
  return parts.find((part) => part === hash) ?? "read";
}

/** One document: to read, to write by hand, and how it came to be; beside it the run that changes it. */
export function DocumentPage(props: StudioPageProps & { readonly path: string }): ReactElement {
  const { path, openSide } = props;
  const part = usePart();
  const { value: view, problem, refresh } = useResource<Document>(contentPath(path), byDocuments);
  const beside = useBeside(path);
  const name = view?.name ?? path;
  useEffect(() => {
    document.title = `${withMarks(name)} · Folio`;
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
      <PageBar openSide={openSide} title={name} path={<DocumentFacts path={path} view={view} />}>
        <DocumentRunAct path={path} view={view} open={beside.openForm} />
        <div className="document-tabs-beside">{views}</div>
      </PageBar>
      <div className="document-tabs-below">{views}</div>
      {beside.run === undefined && <WaitingRunBanner path={path} />}
      <div className="page-columns">
        <section className="page-content" aria-label={name}>
          {view === undefined && problem !== undefined && compared === undefined && (
            <DocumentMissing problem={problem} retry={refresh} />
          )}
          {compared && (isRead || view === undefined) && <DocumentChange comparison={compared} />}
          {view && !(isRead && compared) && <DocumentView view={view} part={part} />}
        </section>
        <DocumentBeside {...props} beside={beside} />
      </div>
    </>
  );
}
