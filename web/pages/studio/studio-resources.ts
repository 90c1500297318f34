/** What several parts of the studio look at: each address is fetched once, however many look. */
import type { AgentRunsPage, ProjectsView } from "../../../shared/agents.ts";
import type { DocumentsView } from "../../../shared/documents.ts";
import type { FeedbackPage } from "../../../shared/feedback.ts";
import type { BoardView } from "../../../shared/proposals.ts";
import type { RosterView } from "../../../shared/roster.ts";
import type { TaskLogView } from "../../../shared/task-log.ts";
import { byDocuments, byFeedback, byProposals, byRoster, byRuns, byTaskLog } from "../../platform/touched-by.ts";
import { type LiveResource, useResource } from "../../platform/use-resource.tsx";

export const useDocuments = (): LiveResource<DocumentsView> => useResource("/documents", byDocuments);

export const useTaskLog = (): LiveResource<TaskLogView> => useResource("/task-log", byTaskLog);

export const useBoard = (): LiveResource<BoardView> => useResource("/proposals", byProposals);

/** The runs that wait for a person; `running` and `total` count all. */
export const useWaitingRuns = (): LiveResource<AgentRunsPage> =>
  useResource("/agents/runs?status=waiting&limit=50", byRuns);

/** Newest first. */
export const useProjects = (): LiveResource<ProjectsView> => useResource("/agents/projects", byRuns);

/** The newest feedback; the counts are of all. */
export const useNewestFeedback = (): LiveResource<FeedbackPage> => useResource("/feedback?count=5", byFeedback);

/** The last runs, those that go on now among them, and the month's sums. */
export const useNewestRuns = (): LiveResource<AgentRunsPage> => useResource("/agents/runs?limit=8", byRuns);

export const useRoster = (): LiveResource<RosterView> => useResource("/roster", byRoster);
