import "./document-history.css";
import { type ReactElement, type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { DocumentVersion, DocumentView } from "../../shared/documents.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { logAddress, runAddress } from "../platform/studio-address.ts";
import { byDocuments } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { marginTime } from "../ui/time-words.ts";
import { useToast } from "../ui/toasts.tsx";
import { documentWords as words } from "./document-words.ts";
import { revertDocument, versionPath, versionsPath } from "./documents-api.ts";

function whoOf(version: DocumentVersion): string {
  if (version.by === "agent") return words.agent(version.agent ?? "?");
  return version.by === "person" ? words.person : words.outside;
}

/** Every version Folio has seen: who made it, what changed, why; any of them can come back as a new one. */
export function DocumentHistory(props: {
  readonly view: DocumentView;
  /** Further acts of a version (feedback). */
  readonly acts?: (version: DocumentVersion) => ReactNode;
}): ReactElement {
  const { view } = props;
  const { value } = useResource<{ readonly versions: readonly DocumentVersion[] }>(
    versionsPath(view.path),
    byDocuments,
  );
  const versions = value?.versions ?? [];
  const [chosen, setChosen] = useState<string>();
  const at = Math.max(
    0,
    versions.findIndex((version) => keyOf(version) === chosen),
  );
  const version = versions[at];
  if (value !== undefined && version === undefined) return <p>{words.noVersions}</p>;
  return (
    <div className="history-columns">
      <ol className="version-list" aria-label={words.history}>
        {versions.map((each, index) => (
          <li key={keyOf(each)}>
            <button
              type="button"
              className="version-row"
              aria-current={index === at}
              onClick={() => setChosen(keyOf(each))}
            >
              <span className="version-head">
                <span className="version-who">{visibleText(whoOf(each))}</span>
                <time className="version-when numbers" dateTime={each.at}>
                  {marginTime(new Date(each.at), new Date())}
                  {each.isCurrent && ` · ${words.current}`}
                </time>
              </span>
              {each.summary !== undefined && (
                <span className="version-why" dir="auto">
                  {visibleText(each.summary)}
                </span>
              )}
              <span className="version-facts" dir="ltr">
                <span className="diff-added">+{each.added}</span>
                <span className="diff-removed">−{each.removed}</span>
                {each.taskId !== undefined && <span>{visibleText(each.taskId)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {version && (
        <Version key={keyOf(version)} view={view} version={version} previous={versions[at + 1]} acts={props.acts} />
      )}
    </div>
  );
}

/** The same text may come back: its revision alone does not name a version. */
function keyOf(version: DocumentVersion): string {
  return `${version.revision} ${version.at}`;
}

function Version(props: {
  readonly view: DocumentView;
  readonly version: DocumentVersion;
  readonly previous: DocumentVersion | undefined;
  readonly acts: ((version: DocumentVersion) => ReactNode) | undefined;
}): ReactElement {
  const { view, version, previous } = props;
  const show = useToast();
  const [isWhole, setWhole] = useState(false);
  const text = useResource<{ readonly text: string }>(versionPath(view.path, version.revision)).value?.text;
  const before = useResource<{ readonly text: string }>(previous && versionPath(view.path, previous.revision)).value
    ?.text;
  const complain = (thrown: unknown): void => {
    const { title, detail } = problemWords(thrown);
    const isStale = problemCode(thrown) === "stale";
    show({ text: isStale ? words.moved : title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
  };
  const revert = (): void => {
    revertDocument({ path: view.path, revision: version.revision, base: view.revision }).then(({ revision }) => {
      const back = { path: view.path, revision: view.revision, base: revision };
      const undo = (): void => void revertDocument(back).then(() => show({ text: words.undone }), complain);
      show({ text: words.reverted, act: { label: words.undo, run: undo } });
    }, complain);
  };
  const isReady = text !== undefined && (previous === undefined || before !== undefined);
  return (
    <section aria-label={words.against}>
      <div className="version-acts">
        {!version.isCurrent && view.readOnly === undefined && (
          <button type="button" className="button" onClick={revert}>
            {words.revert}
          </button>
        )}
        <button type="button" className="button button-quiet" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.changesOnly : words.whole}
        </button>
        {version.runId !== undefined && <Link href={runAddress(version.runId)}>{words.openRun}</Link>}
        {version.logRef !== undefined && <Link href={logAddress(version.logRef)}>{words.openLog}</Link>}
        {props.acts?.(version)}
      </div>
      <div className="version-diff">
        {isReady && (
          <DiffView
            // What was there when Folio first looked is no change of anybody's.
            before={before ?? (version.by === "outside" ? text : "")}
            after={text}
            path={view.path}
            whole={isWhole || (previous === undefined && version.by === "outside")}
          />
        )}
      </div>
    </section>
  );
}
