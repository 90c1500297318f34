import type { ReactElement } from "react";
import { Link, useLocation } from "wouter";
import type { DocumentSummary, DocumentsView } from "../../../shared/documents.ts";
import { documentAddress } from "../../platform/studio-address.ts";
import { directionOf } from "../../ui/direction.ts";
import { Icon } from "../../ui/icons.tsx";
import { withMarks } from "../../ui/markdown/invisible.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { MenuButton } from "../../ui/menu.tsx";
import { Section } from "../../ui/section.tsx";
import { clockOrDay } from "../../ui/time-words.ts";
import { DocumentFill } from "./document-fill.tsx";
import { documentsOnOverview } from "./document-groups.ts";
import { useTaskLog, useWaitingRuns } from "./studio-resources.ts";
import { words } from "./words.ts";

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function addressOf({ kind, path }: DocumentSummary): string {
  if (kind === "task-log") return "/studio/log";
  return kind === "proposals" ? "/studio/proposals" : documentAddress(path);
}

function LastChange({ document, isInReview }: { readonly document: DocumentSummary; readonly isInReview: boolean }) {
  const { lastChange } = document;
  const at = new Date(lastChange?.at ?? document.modified);
  return (
    <div className="document-change">
      {lastChange?.by === "agent" && <bdi className="mono">{visibleText(lastChange.agent ?? "")}</bdi>}
      {lastChange && lastChange.by !== "agent" && <span>{words.changedBy[lastChange.by]}</span>}
      <time className="numbers" dateTime={at.toISOString()}>
        {clockOrDay(at, new Date())}
        {isInReview && `, ${words.waitingWord}`}
      </time>
    </div>
  );
}

function Row({ document, isInReview }: { readonly document: DocumentSummary; readonly isInReview: boolean }) {
  const log = useTaskLog().value;
  const isLog = document.kind === "task-log" && log !== undefined;
  const sentence = isLog ? words.logSentence(log.counts.withProblems + log.counts.invalid) : document.firstSentence;
  return (
    <li className="document-row">
      <div className="document-name">
        <Link className="row-cover" href={addressOf(document)} title={withMarks(document.path)}>
          <bdi>{visibleText(document.name)}</bdi>
        </Link>
        {isInReview && <span className="badge badge-marker">{words.review}</span>}
        {document.findings > 0 && <span className="badge badge-line">{words.findings(document.findings)}</span>}
      </div>
      <p className="document-sentence" dir={directionOf(sentence)}>
        {visibleText(sentence)}
      </p>
      <DocumentFill document={document} />
      <LastChange document={document} isInReview={isInReview} />
    </li>
  );
}

/** The documents with how much of each is filled and who wrote it last; those that are not there yet are dashed. */
export function OverviewDocuments({ view }: { readonly view: DocumentsView }): ReactElement {
  const [, navigate] = useLocation();
  const inReview = new Set(useWaitingRuns().value?.runs.map(({ target }) => target));
  const missing = view.missing.map((path) => ({
    label: fileName(path),
    choose: () => navigate(documentAddress(path, { part: "source" })),
  }));
  return (
    <Section
      title={words.documents}
      note={words.documentsNote}
      acts={
        missing.length > 0 && (
          <MenuButton label={words.addDocument} className="button button-quiet" items={() => missing}>
            <Icon name="plus" />
            {words.newDocument}
          </MenuButton>
        )
      }
    >
      <ul className="plain-list">
        {documentsOnOverview(view.documents).map((document) => (
          <Row key={document.path} document={document} isInReview={inReview.has(document.path)} />
        ))}
        {view.missing.map((path) => (
          <li key={path} className="document-row document-missing">
            <div className="document-name">
              <Link className="row-cover" href={documentAddress(path)} title={path}>
                <bdi>{visibleText(fileName(path).replace(/\.\w+$/, ""))}</bdi>
              </Link>
            </div>
            <p className="document-sentence">{words.notThere}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
