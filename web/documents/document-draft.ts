/** What is written in a document's source but not saved, kept in this browser with the version it began from. */
import { readStored, writeStored } from "../platform/stored.ts";

export interface DocumentDraft {
  readonly text: string;
  /** Revision and text of the version that the draft began from. */
  readonly base: string;
  readonly baseText: string;
}

const key = (path: string): string => `folio.document.${path}`;

export function readDocumentDraft(path: string): DocumentDraft | undefined {
  const stored = readStored(key(path));
  if (stored === undefined) return undefined;
  try {
    const draft = JSON.parse(stored) as DocumentDraft;
    return typeof draft.text === "string" && typeof draft.base === "string" ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Gives false when the browser would not keep it. */
export function writeDocumentDraft(path: string, draft: DocumentDraft | undefined): boolean {
  return writeStored(key(path), draft === undefined ? undefined : JSON.stringify(draft));
}
