import "./studio-side.css";
import type { ReactElement, ReactNode } from "react";
import { useLocation } from "wouter";
import type { IconName } from "../../ui/icons.tsx";
import { openProposals } from "./open-proposals.ts";
import { SideDocuments } from "./side-documents.tsx";
import { SideRow } from "./side-row.tsx";
import { useBoard, useDocuments, useNewestFeedback, useTaskLog, useWaitingRuns } from "./studio-resources.ts";
import { words } from "./words.ts";

/** The studio's parts: documents with their state, work, people. */
export function StudioSide({ onChosen }: { readonly onChosen: () => void }): ReactElement {
  const [location] = useLocation();
  const documents = useDocuments().value;
  const runs = useWaitingRuns().value;
  const log = useTaskLog().value;
  const board = useBoard().value;
  const feedback = useNewestFeedback().value;
  const inReview = new Set(runs?.runs.map(({ target }) => target));
  const row = (href: string, icon: IconName, label: string, end?: ReactNode): ReactElement => (
    <SideRow
      href={href}
      icon={icon}
      label={label}
      isOpen={location === href || (href !== "/studio" && location.startsWith(`${href}/`))}
      end={end}
      onChosen={onChosen}
    />
  );
  const live =
    runs && runs.running > 0 ? <span className="badge badge-dashed">{words.live(runs.running)}</span> : undefined;
  return (
    <nav className="studio-side" aria-label={words.studioParts}>
      <ul>{row("/studio", "overview", words.overview)}</ul>
      <SideDocuments view={documents} inReview={inReview} onChosen={onChosen} />
      <h2 className="side-group">{words.work}</h2>
      <ul>
        {row("/studio/proposals", "board", words.proposals, board?.exists ? openProposals(board) : undefined)}
        {row("/studio/log", "list", words.taskLog, log?.exists ? log.counts.entries.toLocaleString("en") : undefined)}
        {row("/studio/runs", "play", words.runs, live)}
        {row("/studio/feedback", "thumbUp", words.feedback, feedback?.total ? feedback.total : undefined)}
      </ul>
      <h2 className="side-group">{words.people}</h2>
      <ul>{row("/studio/roster", "people", words.roster)}</ul>
    </nav>
  );
}
