import type { ReactElement } from "react";
import type { DocumentSummary } from "../../../shared/documents.ts";
import { fillWords, isOwnForm } from "../../documents/fill-words.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { words } from "./words.ts";

/** How much of a document is filled; of lists how many things they hold. */
export function DocumentFill({ document }: { readonly document: DocumentSummary }): ReactElement | null {
  const { completeness, kind } = document;
  if (!completeness || completeness.total === 0) return null;
  const { filled, total } = completeness;
  const isList = kind === "task-log" || kind === "proposals" || kind === "roster";
  if (isList || isOwnForm(completeness)) {
    return (
      <div className="document-filled numbers">
        <bdi>{isList ? words.items(filled, kind) : fillWords(completeness)}</bdi>
      </div>
    );
  }
  return (
    <div className="document-filled numbers">
      <bdi>{words.filledOf(filled, total)}</bdi>
      <bdi className="document-share">{words.percent(filled / total)}</bdi>
      <ProgressBar value={filled} total={total} label={words.filledOf(filled, total)} />
    </div>
  );
}
