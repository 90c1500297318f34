import type { ReactElement } from "react";
import { useLocation } from "wouter";
import type { AgentRunStatus } from "../../shared/agents.ts";
import type { PartView } from "../../shared/chat.ts";
import { runAddress } from "../platform/studio-address.ts";
import { OpenRunCard } from "./open-run-card.tsx";
import { ToldRun } from "./told-run.tsx";
import { useRunReview } from "./use-run-review.ts";

const ends: ReadonlySet<string> = new Set<AgentRunStatus>([
  "written",
  "rejected",
  "refused",
  "failed",
  "stopped",
  "interrupted",
]);

function FollowedCard({ id, part }: { readonly id: string; readonly part: PartView }): ReactElement {
  const [, navigate] = useLocation();
  const review = useRunReview(id, (other) => navigate(runAddress(other)));
  const { run } = review;
  if (!run) return <ToldRun part={part} status={undefined} hasRecord={false} />;
  if (run.status === "running" || run.status === "waiting") return <OpenRunCard run={run} review={review} />;
  return <ToldRun part={part} status={run.status} hasRecord />;
}

/** A run as a part of an answer: followed and decided here while it is open, one solid line once it is over. */
export function RunCard({ part }: { readonly part: PartView }): ReactElement {
  const { run, status } = part.attributes ?? {};
  const ended = ends.has(status ?? "") ? (status as AgentRunStatus) : undefined;
  if (run === undefined || ended !== undefined) {
    return <ToldRun part={part} status={ended} hasRecord={run !== undefined} />;
  }
  return <FollowedCard id={run} part={part} />;
}
