import { type ReactElement, useCallback, useEffect } from "react";
import { TaskLog } from "../../task-log/task-log.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { useDocuments } from "./studio-resources.ts";
import { words } from "./words.ts";

export function LogPage({ openSide }: StudioPageProps): ReactElement {
  const documents = useDocuments().value?.documents;
  const isDocument = useCallback((path: string) => documents?.some((each) => each.path === path) ?? false, [documents]);
  useEffect(() => {
    document.title = `${words.taskLog} · Folio`;
  }, []);
  return <TaskLog openSide={openSide} isDocument={isDocument} />;
}
