import "./log-entry.css";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { LogEntryView } from "../../shared/task-log.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { documentAddress, feedbackAddress, proposalAddress, runAddress } from "../platform/studio-address.ts";
import { byTaskLog } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { marginTime } from "../ui/time-words.ts";
import { words } from "./words.ts";

function Fact(props: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="log-fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Linked where it is safe and there is such a document; else its path as text. */
function OutputFile(props: {
  readonly file: LogEntryView["outputFiles"][number];
  readonly isDocument: (path: string) => boolean;
}): ReactElement {
  const { path, isSafe } = props.file;
  return (
    <li>
      {isSafe && props.isDocument(path) ? (
        <Link className="text-link mono" href={documentAddress(path)}>
          <bdi dir="ltr">{visibleText(path)}</bdi>
        </Link>
      ) : (
        <bdi className="mono" dir="ltr">
          {visibleText(path)}
        </bdi>
      )}
      {!isSafe && <span className="log-unsafe"> {words.unsafe}</span>}
    </li>
  );
}

/** Ids of other things, each a link to where it is walked on from. */
function Links(props: { readonly entry: LogEntryView; readonly addressOf: (ref: string) => string }): ReactElement {
  const { entry, addressOf } = props;
  const link = (href: string, text: string): ReactElement => (
    <Link className="text-link mono" href={href}>
      <bdi>{visibleText(text)}</bdi>
    </Link>
  );
  return (
    <>
      {entry.runId !== undefined && <Fact name={words.run}>{link(runAddress(entry.runId), words.openRun)}</Fact>}
      {entry.proposal !== undefined && (
        <Fact name={words.proposal}>{link(proposalAddress(entry.proposal), entry.proposal)}</Fact>
      )}
      {entry.feedback !== undefined && (
        <Fact name={words.feedback}>{link(feedbackAddress(entry.feedback), entry.feedback)}</Fact>
      )}
      {entry.supersedes !== undefined && (
        <Fact name={words.supersedes}>{link(addressOf(entry.supersedes), entry.supersedes)}</Fact>
      )}
      {entry.chainedFrom !== undefined && (
        <Fact name={words.chainedFrom}>{link(addressOf(entry.chainedFrom), entry.chainedFrom)}</Fact>
      )}
    </>
  );
}

export function LogEntryHead({ entry }: { readonly entry: LogEntryView }): ReactElement {
  return (
    <>
      <h2 className="log-entry-title">
        <bdi className="mono">{visibleText(entry.taskId ?? words.taskLog)}</bdi>
        {entry.ofSame && <span> · {words.ofSame(entry.ofSame.number, entry.ofSame.count)}</span>}
        {entry.status !== "completed" && (
          <span
            className={entry.status === "refused" || entry.status === "failed" ? "badge badge-bad" : "badge badge-line"}
          >
            {entry.status}
          </span>
        )}
      </h2>
      <p className="log-facts">
        <bdi>{visibleText(entry.agent ?? words.noAgent)}</bdi> ·{" "}
        <bdi>
          {visibleText(entry.at === undefined ? (entry.date ?? "") : marginTime(new Date(entry.at), new Date()))}
        </bdi>
      </p>
    </>
  );
}

export function LogEntryDetails(props: {
  readonly entry: LogEntryView;
  readonly isDocument: (path: string) => boolean;
  readonly addressOf: (ref: string) => string;
}): ReactElement {
  const { entry } = props;
  return (
    <>
      <p className="log-entry-summary" dir={directionOf(entry.summary)}>
        {visibleText(entry.summary)}
      </p>
      {entry.problems.length > 0 && (
        <div className="log-entry-problems">
          <h3>{words.problems}</h3>
          <ul>
            {entry.problems.map((problem) => (
              <li key={problem}>
                <bdi>{visibleText(problem)}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      <dl className="log-fact-list">
        <Fact name={words.outputFiles}>
          {entry.outputFiles.length === 0 && words.noFiles}
          <ul>
            {entry.outputFiles.map((file, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a log may name the same file twice
              <OutputFile key={index} file={file} isDocument={props.isDocument} />
            ))}
          </ul>
        </Fact>
        <Links entry={entry} addressOf={props.addressOf} />
        {entry.date !== undefined && <Fact name={words.date}>{<bdi>{visibleText(entry.at ?? entry.date)}</bdi>}</Fact>}
        <Fact name={words.identity}>
          <bdi className="mono">{visibleText(entry.ref)}</bdi>
        </Fact>
        <Fact name={words.position}>{(entry.index + 1).toLocaleString("en")}</Fact>
      </dl>
      <div className="log-raw-head">
        <h3>{words.raw}</h3>
        <CopyButton label={words.raw} text={() => entry.raw} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <pre className="log-raw log-raw-whole" dir="ltr" tabIndex={0}>
        {entry.raw}
      </pre>
    </>
  );
}

/** One entry by its identity, followed while the file changes. */
export function useLogEntry(ref: string | undefined) {
  const path = ref === undefined ? undefined : `/task-log/entry?ref=${encodeURIComponent(ref)}`;
  return useResource<LogEntryView>(path, byTaskLog);
}

export function LogEntryProblem(props: { readonly problem: unknown; readonly retry: () => void }): ReactElement {
  if (problemCode(props.problem) === "not-found")
    return <ProblemNote title={words.entryGone} detail={words.entryGoneText} />;
  const { title, detail } = problemWords(props.problem);
  return <ProblemNote title={title} detail={detail} retry={props.retry} />;
}
