import { useState } from "react";
import type { DocumentView } from "../../shared/documents.ts";
import { problemCode } from "../platform/api.ts";
import { type DocumentDraft, readDocumentDraft, writeDocumentDraft } from "./document-draft.ts";
import { writeDocument } from "./documents-api.ts";

export interface DocumentEditing {
  /** Absent while the text is the file's. */
  readonly draft: DocumentDraft | undefined;
  readonly text: string;
  /** The file is another one than the draft began from. */
  readonly isStale: boolean;
  /** Whether the browser keeps the draft. */
  readonly isKept: boolean;
  readonly state: { readonly isSaving: boolean; readonly problem?: unknown };
  readonly type: (text: string) => void;
  readonly setDraft: (draft: DocumentDraft | undefined) => void;
  /** Resolves to whether it was written. */
  readonly save: (base: string, text: string) => Promise<boolean>;
}

/** As a text field has it: the server gives the file's own line ends back to what is written. */
export function fieldText(view: DocumentView): string {
  return view.text.replaceAll("\r\n", "\n");
}

/** A document's text while it is edited: follows the file until the first key, then is a draft of its own. */
export function useDocumentDraft(view: DocumentView): DocumentEditing {
  const fileText = fieldText(view);
  const [draft, setState] = useState(() => readDocumentDraft(view.path));
  const [isKept, setKept] = useState(true);
  const [state, setSaving] = useState<DocumentEditing["state"]>({ isSaving: false });
  const setDraft = (next: DocumentDraft | undefined): void => {
    setState(next);
    setKept(writeDocumentDraft(view.path, next));
  };
  // What is typed may come back to the file's own text: then there is nothing to save.
  const type = (text: string): void =>
    setDraft(
      text === fileText && (draft === undefined || draft.base === view.revision)
        ? undefined
        : { text, base: draft?.base ?? view.revision, baseText: draft?.baseText ?? fileText },
    );
  const save = async (base: string, text: string): Promise<boolean> => {
    setSaving({ isSaving: true });
    try {
      await writeDocument({ path: view.path, text, base });
      setSaving({ isSaving: false });
      // Not what was typed while it was being saved.
      setState((now) => (now?.text === text ? undefined : now));
      if (readDocumentDraft(view.path)?.text === text) writeDocumentDraft(view.path, undefined);
      return true;
    } catch (problem) {
      // The event of the change brings the new version, and with it the question what to do.
      setSaving({ isSaving: false, ...(problemCode(problem) === "stale" ? {} : { problem }) });
      return false;
    }
  };
  const isStale = draft !== undefined && draft.base !== view.revision && draft.text !== fileText;
  return { draft, text: draft?.text ?? fileText, isStale, isKept, state, type, setDraft, save };
}
