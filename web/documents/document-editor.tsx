import "./document-editor.css";
import { type ReactElement, useState } from "react";
import type { DocumentView } from "../../shared/documents.ts";
import { problemWords } from "../platform/api.ts";
import { useKeys } from "../platform/keyboard.ts";
import { Banner } from "../ui/banner.tsx";
import { DiffView } from "../ui/diff/diff-view.tsx";
import { useToast } from "../ui/toasts.tsx";
import { documentWords as words } from "./document-words.ts";
import { mergeTexts } from "./merge-texts.ts";
import { fieldText, useDocumentDraft } from "./use-document-draft.ts";

/** Goes to the line that the address names, and marks it. */
function showLine(area: HTMLTextAreaElement | null): void {
  const line = Number(new URLSearchParams(location.search).get("line"));
  if (!area || !Number.isInteger(line) || line < 1) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.setSelectionRange(start, start);
  // A field scrolls to where its caret is when it takes the focus.
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

/** The raw text. What is not saved is kept in this browser; what changed on disk meanwhile is never overwritten unseen. */
export function DocumentEditor({ view }: { readonly view: DocumentView }): ReactElement {
  const show = useToast();
  const editing = useDocumentDraft(view);
  const { draft, text, isStale, state, isKept } = editing;
  const canWrite = view.readOnly === undefined;
  const isDirty = draft !== undefined;
  const save = (): void => {
    if (isDirty && !isStale)
      void editing.save(view.revision, text).then((isSaved) => isSaved && show({ text: words.saved }));
  };
  useKeys([
    { key: "s", mod: true, inFields: true, run: save },
    { key: "Enter", mod: true, inFields: true, run: save },
  ]);
  const discard = (): void => {
    const before = draft;
    editing.setDraft(undefined);
    show({ text: words.discarded, act: { label: words.undo, run: () => editing.setDraft(before) } });
  };
  const failure = state.problem === undefined ? undefined : problemWords(state.problem);
  return (
    <div className="document-editor">
      {isStale && draft && <Changed view={view} editing={editing} />}
      {failure && !isStale && (
        <p className="document-problem" role="alert">
          {failure.title} {failure.detail}
        </p>
      )}
      <textarea
        ref={showLine}
        className="document-source"
        aria-label={words.field}
        dir="auto"
        spellCheck={false}
        readOnly={!canWrite}
        value={text}
        onChange={(event) => editing.type(event.currentTarget.value)}
      />
      <div className="document-editor-foot">
        <span role="status">
          {!canWrite && view.readOnly && words.readOnly[view.readOnly]}
          {canWrite && isDirty && (isKept ? words.draftKept : words.draftNotKept)}
        </span>
        {isDirty && (
          <button type="button" className="button button-quiet" onClick={discard}>
            {words.discard}
          </button>
        )}
        {canWrite && (
          <button
            type="button"
            className="button button-main"
            aria-disabled={!isDirty || isStale || state.isSaving}
            onClick={save}
          >
            {state.isSaving ? words.saving : words.save} <kbd>Ctrl S</kbd>
          </button>
        )}
      </div>
    </div>
  );
}

/** Somebody else was there first: both are shown, and a person says which one stands, or both. */
function Changed(props: {
  readonly view: DocumentView;
  readonly editing: ReturnType<typeof useDocumentDraft>;
}): ReactElement {
  const { view, editing } = props;
  const { draft } = editing;
  const [isComparing, setComparing] = useState(false);
  const merged = draft === undefined ? undefined : mergeTexts(draft.baseText, draft.text, fieldText(view));
  const continueFrom = (text: string): void =>
    editing.setDraft({ text, base: view.revision, baseText: fieldText(view) });
  return (
    <>
      <Banner
        level="decision"
        title={words.changedTitle}
        detail={merged === undefined ? words.changedBoth : words.changedMerge}
      >
        <button type="button" className="button" aria-expanded={isComparing} onClick={() => setComparing(!isComparing)}>
          {isComparing ? words.hideComparison : words.compare}
        </button>
        {merged !== undefined && (
          <button type="button" className="button button-main" onClick={() => continueFrom(merged)}>
            {words.takeMerged}
          </button>
        )}
        <button type="button" className="button" onClick={() => editing.setDraft(undefined)}>
          {words.takeTheirs}
        </button>
        <button type="button" className="button" onClick={() => draft && continueFrom(draft.text)}>
          {words.writeMine}
        </button>
      </Banner>
      {isComparing && draft && (
        <section className="document-compare" aria-label={words.comparison}>
          <DiffView before={fieldText(view)} after={draft.text} path={words.comparison} />
        </section>
      )}
    </>
  );
}
