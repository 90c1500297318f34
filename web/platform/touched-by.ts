/** Which events change what, for `useResource`. */
import type { FolioEvent } from "../../shared/events.ts";

export const byDocuments = (event: FolioEvent): boolean =>
  event.type === "document-changed" || event.type === "agent-run-changed";

export const byTaskLog = (event: FolioEvent): boolean => event.type === "document-changed" && event.kind === "task-log";

export const byProposals = (event: FolioEvent): boolean =>
  event.type === "document-changed" &&
  (event.kind === "proposals" || event.kind === "task-log" || event.kind === "task");

export const byRoster = (event: FolioEvent): boolean =>
  event.type === "document-changed" &&
  (event.kind === "roster" || event.kind === "task-log" || event.kind === "prompt" || event.kind === "foreign");

export const byRuns = (event: FolioEvent): boolean =>
  event.type === "agent-run-changed" || event.type === "project-changed";

export const byFeedback = (event: FolioEvent): boolean => event.type === "feedback-changed";
