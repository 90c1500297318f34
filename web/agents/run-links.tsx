import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { AgentRunView } from "../../shared/agents.ts";
import { conversationAddress, feedbackAddress, proposalAddress, runAddress } from "../platform/studio-address.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { runWords as words } from "./agents-words.ts";

/** Where a run came from and what comes after it. */
export function RunLinks({ run }: { readonly run: AgentRunView }): ReactElement | null {
  const { chain, next, againOf, conversation, proposal, feedback = [] } = run;
  const rows: ReactNode[] = [];
  const link = (href: string, text: string): ReactElement => (
    <Link className="text-link" href={href}>
      <bdi>{visibleText(text)}</bdi>
    </Link>
  );
  if (chain?.project !== undefined)
    rows.push(link(`/studio/project?id=${encodeURIComponent(chain.project)}`, words.projectStep(chain.step)));
  else if (chain?.from !== undefined)
    rows.push(
      <>
        {words.chainStep(chain.step)}, {words.after} {link(runAddress(chain.from), words.run.toLowerCase())}
      </>,
    );
  if (againOf !== undefined) rows.push(link(runAddress(againOf), words.againOf));
  if (conversation)
    rows.push(link(conversationAddress(conversation.id, conversation.messageId), words.fromConversation));
  if (proposal !== undefined)
    rows.push(
      <>
        {words.forProposal} {link(proposalAddress(proposal), proposal)}
      </>,
    );
  for (const id of feedback)
    rows.push(
      <>
        {words.fromFeedback} {link(feedbackAddress(id), id)}
      </>,
    );
  if (next && next.agent !== "task_logger")
    rows.push(
      <>
        {nextWords(run)}{" "}
        {next.runId === undefined ? (
          <bdi className="mono">@{next.agent}</bdi>
        ) : (
          link(runAddress(next.runId), `@${next.agent}`)
        )}
        {next.notice !== undefined && <> · {visibleText(next.notice)}</>}
      </>,
    );
  if (rows.length === 0) return null;
  return (
    <ul className="agent-links">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of one run, in a fixed order
        <li key={index}>{row}</li>
      ))}
    </ul>
  );
}

function nextWords({ next, status }: AgentRunView): string {
  if (next?.willRun !== true) return words.nextWillNot;
  return status === "written" ? words.nextRan : words.nextAsked;
}
