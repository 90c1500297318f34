import { type ReactElement, type ReactNode, useState } from "react";
import { usePathname } from "wouter/use-browser-location";
import type { DocumentSummary, DocumentsView } from "../../../shared/documents.ts";
import { fillWords, isOwnForm } from "../../documents/fill-words.ts";
import { documentAddress, documentOfAddress } from "../../platform/studio-address.ts";
import { Icon } from "../../ui/icons.tsx";
import { foldersOf, mainDocuments } from "./document-groups.ts";
import { SideRow } from "./side-row.tsx";
import { words } from "./words.ts";

/** What a document's row says at its end: waits for a look, how much is filled, how many agents. */
function stateOf(document: DocumentSummary, inReview: ReadonlySet<string>): ReactNode {
  const { completeness } = document;
  if (inReview.has(document.path)) return <span className="badge badge-marker">{words.review}</span>;
  if (document.kind === "roster") return completeness?.total;
  if (!completeness || completeness.total === 0 || completeness.filled === completeness.total) return undefined;
  const said = fillWords(completeness);
  return (
    <span title={said}>
      <span aria-hidden="true">
        {isOwnForm(completeness) ? completeness.own : words.percent(completeness.filled / completeness.total)}
      </span>
      <span className="hidden-text">{said}</span>
    </span>
  );
}

function Folder(props: {
  readonly name: string;
  readonly documents: readonly DocumentSummary[];
  readonly openPath: string | undefined;
  readonly onChosen: () => void;
}): ReactElement {
  const holdsOpen = props.documents.some(({ path }) => path === props.openPath);
  const [isUnfolded, setUnfolded] = useState(false);
  const isShown = isUnfolded || holdsOpen;
  return (
    <li>
      <button
        type="button"
        className="side-row"
        aria-expanded={isShown}
        onClick={() => setUnfolded(!isUnfolded)}
        title={props.name}
      >
        <Icon name="folder" />
        <span className="side-row-label">{props.name}</span>
        <span className="side-row-end numbers">{props.documents.length}</span>
      </button>
      {isShown && (
        <ul>
          {props.documents.map((document) => (
            <SideRow
              key={document.path}
              isNested
              href={documentAddress(document.path)}
              icon="file"
              label={document.name}
              isOpen={document.path === props.openPath}
              onChosen={props.onChosen}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The documents with their state; prompts, templates and tasks in folders. */
export function SideDocuments(props: {
  readonly view: DocumentsView | undefined;
  readonly inReview: ReadonlySet<string>;
  readonly onChosen: () => void;
}): ReactElement {
  const openPath = documentOfAddress(usePathname());
  const documents = props.view?.documents ?? [];
  return (
    <>
      <h2 className="side-group">{words.documents}</h2>
      {props.view && documents.length === 0 && <p className="side-none">{words.noDocuments}</p>}
      <ul>
        {mainDocuments(documents).map((document) => (
          <SideRow
            key={document.path}
            href={documentAddress(document.path)}
            icon="file"
            label={document.name}
            isOpen={document.path === openPath}
            end={stateOf(document, props.inReview)}
            onChosen={props.onChosen}
          />
        ))}
        {foldersOf(documents).map((folder) => (
          <Folder key={folder.name} {...folder} openPath={openPath} onChosen={props.onChosen} />
        ))}
      </ul>
    </>
  );
}
