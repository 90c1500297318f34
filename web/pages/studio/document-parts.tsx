import type { ReactElement } from "react";
import { Link } from "wouter";
import type { DocumentView as Document } from "../../../shared/documents.ts";
import { DocumentEditor } from "../../documents/document-editor.tsx";
import { DocumentHistory } from "../../documents/document-history.tsx";
import { DocumentReader } from "../../documents/document-reader.tsx";
import { documentWords as words } from "../../documents/document-words.ts";
import { fillWords } from "../../documents/fill-words.ts";
import { FeedbackActs } from "../../feedback/feedback-acts.tsx";
import { problemCode, problemWords } from "../../platform/api.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { StateDot } from "../../ui/state-dot.tsx";
import { words as studioWords } from "./words.ts";

export const documentParts = ["read", "source", "history"] as const;
export type DocumentPart = (typeof documentParts)[number];

/** The document in one of its views. */
export function DocumentView(props: { readonly view: Document; readonly part: DocumentPart }): ReactElement {
  const { view, part } = props;
  if (part === "read") return <DocumentReader view={view} acts={<Opinion view={view} />} />;
  if (part === "source") return <DocumentEditor view={view} />;
  return (
    <DocumentHistory view={view} acts={({ revision }) => <FeedbackActs target={{ document: view.path, revision }} />} />
  );
}

/** Only what an agent wrote is rated: feedback is for agents. */
function Opinion({ view }: { readonly view: Document }): ReactElement | null {
  if (view.lastChange?.by !== "agent") return null;
  return (
    <>
      <span>{words.opinion}</span>
      <FeedbackActs target={{ document: view.path, revision: view.revision }} />
    </>
  );
}

/** Where it is stored, how much of it is filled, how many versions there are. */
export function DocumentFacts({
  path,
  view,
}: {
  readonly path: string;
  readonly view: Document | undefined;
}): ReactElement {
  const filled = view?.completeness;
  return (
    <>
      <bdi dir="ltr">{visibleText(path)}</bdi>
      {view && filled && view.sections.length > 0 && ` · ${fillWords(filled)}`}
      {view && view.versionCount > 0 && ` · ${words.versions(view.versionCount)}`}
      {view && " "}
      {view && <StateDot state="solid" label={studioWords.onDisk} />}
    </>
  );
}

/** Why there is nothing to show, and what to do. */
export function DocumentMissing({
  problem,
  retry,
}: {
  readonly problem: unknown;
  readonly retry: () => void;
}): ReactElement {
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
