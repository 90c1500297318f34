import type { ReactElement } from "react";
import type { AgentRunsPage } from "../../../shared/agents.ts";
import type { DocumentsView } from "../../../shared/documents.ts";
import type { TaskLogView } from "../../../shared/task-log.ts";
import { OverviewDocuments } from "./overview-documents.tsx";
import { OverviewFeedback } from "./overview-feedback.tsx";
import { OverviewFigures } from "./overview-figures.tsx";
import { OverviewLog } from "./overview-log.tsx";
import { OverviewProjects } from "./overview-projects.tsx";
import { OverviewRuns } from "./overview-runs.tsx";
import { OverviewWaiting } from "./overview-waiting.tsx";

/** What waits comes first for who reads from the top: on a phone, with keys, aloud. */
export function OverviewSections(props: {
  readonly documents: DocumentsView;
  readonly log: TaskLogView | undefined;
  readonly runs: AgentRunsPage | undefined;
}): ReactElement {
  const { documents, log, runs } = props;
  return (
    <>
      <OverviewFigures log={log} runs={runs} />
      <div className="overview-columns">
        <div className="overview-end">
          <OverviewWaiting />
          <OverviewLog log={log} runs={runs} />
          <OverviewFeedback />
        </div>
        <div className="overview-start">
          <OverviewDocuments view={documents} />
          <OverviewProjects />
          <OverviewRuns page={runs} />
        </div>
      </div>
    </>
  );
}
