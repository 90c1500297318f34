import type { ReactElement } from "react";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { StateDot } from "../../ui/state-dot.tsx";
import { documentsOnOverview } from "./document-groups.ts";
import { useDocuments, useTaskLog } from "./studio-resources.ts";
import { words } from "./words.ts";

/** Where the studio's files lie, how many there are, and whether the log is as Folio left it. */
export function StudioPath(): ReactElement | null {
  const documents = useDocuments().value;
  const log = useTaskLog().value;
  if (!documents?.exists) return null;
  const isSound = log?.history.state !== "rewritten" && log?.append !== "pending";
  const facts = [
    words.documentCount(documentsOnOverview(documents.documents).length),
    ...(log?.exists ? [words.entryCount(log.counts.entries), words.history[log.history.state]] : []),
  ];
  return (
    <>
      <span>
        <bdi dir="ltr">
          {visibleText(documents.folder)}/ · {facts.join(", ")}
        </bdi>
      </span>
      <StateDot state={isSound ? "solid" : "bad"} label={isSound ? words.onDisk : words.history.rewritten} />
    </>
  );
}
