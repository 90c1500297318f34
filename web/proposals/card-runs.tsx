import "./card-runs.css";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunSummary } from "../../shared/agents.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { proposalWords as words } from "./proposal-words.ts";

/** What is being done for a card, or waits for a person: each leads to where it is decided. */
export function CardRuns({ runs }: { readonly runs: readonly AgentRunSummary[] }): ReactElement | null {
  if (runs.length === 0) return null;
  return (
    <ul className="card-runs" aria-label={words.runs}>
      {runs.map(({ id, agent, status, target }) => {
        const isWaiting = status === "waiting";
        return (
          <li key={id}>
            <Link className="card-run" href={isWaiting ? documentAddress(target, { run: id }) : runAddress(id)}>
              <bdi className="card-run-agent">@{visibleText(agent)}</bdi>
              <span className={`badge ${isWaiting ? "badge-marker" : "badge-dashed"}`}>
                {isWaiting ? words.runWaits : words.runWorks}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
