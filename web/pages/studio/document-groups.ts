import type { DocumentSummary } from "../../../shared/documents.ts";

const order: Readonly<Partial<Record<DocumentSummary["kind"], number>>> = { prd: 0, architecture: 1, roster: 2 };
const folders = [
  { kind: "task", name: "tasks" },
  { kind: "prompt", name: "prompts" },
  { kind: "template", name: "templates" },
] as const;

/** What one reads: PRD, ARCHITECTURE and the roster first, then other documents by name. Log and board have their own pages. */
export function mainDocuments(documents: readonly DocumentSummary[]): readonly DocumentSummary[] {
  const shown = documents.filter(({ kind }) => kind in order || kind === "document");
  return shown.toSorted(
    (left, right) => (order[left.kind] ?? 9) - (order[right.kind] ?? 9) || left.name.localeCompare(right.name),
  );
}

/** The same, and the board and the log after them. */
export function documentsOnOverview(documents: readonly DocumentSummary[]): readonly DocumentSummary[] {
  const board = documents.filter(({ kind }) => kind === "proposals");
  const log = documents.filter(({ kind }) => kind === "task-log");
  return [...mainDocuments(documents), ...board, ...log];
}

export interface DocumentFolder {
  readonly name: string;
  readonly documents: readonly DocumentSummary[];
}

/** Those with something in them. */
export function foldersOf(documents: readonly DocumentSummary[]): readonly DocumentFolder[] {
  return folders
    .map(({ kind, name }) => ({ name, documents: documents.filter((document) => document.kind === kind) }))
    .filter((folder) => folder.documents.length > 0);
}
