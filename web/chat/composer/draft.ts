/** What is written but not sent, kept in this browser for each conversation; with the ids it was tried to be sent under. */
import { readStored, writeStored } from "../../platform/stored.ts";

export interface Draft {
  readonly text: string;
  /** Long pastes that are kept beside the field. */
  readonly pasted?: readonly string[];
  /** Set once a sending began: the same text goes out under the same id again, so that it arrives once. */
  readonly attempt?: { readonly messageId: string; readonly conversationId: string };
}

const key = (conversationId: string): string => `folio.draft.${conversationId}`;

export function readDraft(conversationId: string): Draft | undefined {
  const stored = readStored(key(conversationId));
  if (stored === undefined) return undefined;
  try {
    const draft = JSON.parse(stored) as Draft;
    return typeof draft.text === "string" ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Gives false when the browser would not keep it. */
export function writeDraft(conversationId: string, draft: Draft | undefined): boolean {
  const isEmpty = draft === undefined || (draft.text === "" && (draft.pasted?.length ?? 0) === 0);
  return writeStored(key(conversationId), isEmpty ? undefined : JSON.stringify(draft));
}
