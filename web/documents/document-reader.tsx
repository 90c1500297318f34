import "./document-reader.css";
import { type ReactElement, type ReactNode, useRef } from "react";
import { Link } from "wouter";
import type { DocumentFinding, DocumentView } from "../../shared/documents.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { Markdown } from "../ui/markdown/markdown.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { useToast } from "../ui/toasts.tsx";
import { documentWords as words } from "./document-words.ts";
import { repairDocument } from "./documents-api.ts";
import { isOwnForm } from "./fill-words.ts";

/** Headings as they are drawn carry no address: the n-th drawn one is the n-th of the outline. */
function goTo(area: HTMLElement | null, index: number): void {
  const heading = area?.querySelectorAll<HTMLElement>(".md :is(h1, h2, h3, h4, h5, h6)")[index];
  heading?.scrollIntoView({ block: "start" });
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** Beside the text there is room for it; above the text it is folded. */
function isWide(): boolean {
  return matchMedia("(min-width: 1080px)").matches;
}

/** The document as it reads, with its outline, what of it is filled, and what the lint found. */
export function DocumentReader(props: {
  readonly view: DocumentView;
  /** Acts on the document as it is now (feedback). */
  readonly acts?: ReactNode;
}): ReactElement {
  const { view } = props;
  const area = useRef<HTMLDivElement>(null);
  return (
    <div className="document-columns">
      <article ref={area} className="document-text" aria-label={view.name}>
        <h2 className="hidden-text">{words.text}</h2>
        {view.text.trim() === "" ? (
          <p className="document-empty">{words.emptyText}</p>
        ) : (
          <Markdown text={view.text} variant="document" />
        )}
      </article>
      <aside className="document-facts" aria-label={words.outline}>
        {props.acts !== undefined && <div className="document-opinion">{props.acts}</div>}
        {view.findingsList.length > 0 && <Findings view={view} />}
        <details className="document-fold" open={isWide()}>
          <summary>{words.outline}</summary>
          {view.outline.length > 1 && (
            <nav aria-label={words.outline}>
              <h2 className="document-facts-title">{words.outline}</h2>
              <ul className="outline-list">
                {view.outline.map((heading, index) => (
                  <li key={`${heading.line}`} style={{ paddingInlineStart: (heading.level - 1) * 10 }}>
                    <button type="button" dir="auto" onClick={() => goTo(area.current, index)}>
                      {visibleText(heading.text)}
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          {view.sections.length > 0 && !(view.completeness && isOwnForm(view.completeness)) && (
            <div>
              <h2 className="document-facts-title">{words.sections}</h2>
              <ul className="section-list">
                {view.sections.map((section) => (
                  <li key={section.name}>
                    <span>{section.name}</span>
                    <small>{stateOf(section)}</small>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </details>
      </aside>
    </div>
  );
}

function stateOf({ isPresent, isFilled }: DocumentView["sections"][number]): string {
  if (isFilled) return words.filled;
  return isPresent ? words.empty : words.notThere;
}

function Findings({ view }: { readonly view: DocumentView }): ReactElement {
  const show = useToast();
  const canRepair = view.readOnly === undefined;
  const repair = (lines: readonly number[]): void => {
    repairDocument({ path: view.path, base: view.revision, lines: [...lines] }).then(
      () => show({ text: words.repaired }),
      (thrown: unknown) => {
        const { title, detail } = problemWords(thrown);
        const isStale = problemCode(thrown) === "stale";
        show({ text: isStale ? words.moved : title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
      },
    );
  };
  const exact = view.findingsList.filter((finding) => finding.repair !== undefined);
  return (
    <section>
      <h2 className="document-facts-title">{words.findings(view.findingsList.length)}</h2>
      <ul className="finding-list">
        {view.findingsList.map((finding, index) => (
          <li key={index}>
            <Link className="text-link" href={documentAddress(view.path, { part: "source", line: finding.line })}>
              {words.line(finding.line)}
            </Link>
            : {finding.reason}
            <Excerpt finding={finding} />
            {finding.repair && canRepair && (
              <button type="button" className="button" onClick={() => repair([finding.line])}>
                {words.repair}
              </button>
            )}
          </li>
        ))}
      </ul>
      {exact.length > 1 && canRepair && (
        <button type="button" className="button" onClick={() => repair(exact.map(({ line }) => line))}>
          {words.repairAll}
        </button>
      )}
    </section>
  );
}

function Excerpt({ finding }: { readonly finding: DocumentFinding }): ReactElement {
  if (finding.repair === undefined) return <code dir="auto">{visibleText(finding.excerpt)}</code>;
  return (
    <code className="finding-repair" dir="auto">
      <del>{visibleText(finding.repair.before)}</del> <ins>{visibleText(finding.repair.after)}</ins>
    </code>
  );
}
