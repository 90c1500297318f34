import "./chain.css";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { feedbackWords, reasonWords } from "../../feedback/feedback-words.ts";
import { documentAddress, feedbackAddress, logAddress, proposalAddress } from "../../platform/studio-address.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { type ChainStart, useChain } from "./use-chain.ts";

const words = {
  feedback: "Feedback",
  proposals: "Proposal",
  task: "Task document",
  entries: "Task log",
  document: "Document",
  noFeedback: "It came from no feedback.",
  noProposal: "Nothing was proposed yet.",
  noTask: "Not promoted to a task document.",
  noEntry: "Nothing was logged yet.",
  noDocument: "No document was written.",
  currentVersion: "the version that is there now",
  version: "version",
};

function Step(props: {
  readonly kind: string;
  readonly none: string;
  readonly rows: readonly {
    readonly key: string;
    readonly to: string;
    readonly text: ReactNode;
    readonly id: string;
  }[];
}): ReactElement {
  const { kind, none, rows } = props;
  return (
    <li className="chain-step" data-state={rows.length === 0 ? "missing" : "there"}>
      <p className="chain-kind">{kind}</p>
      {rows.length === 0 && <p className="chain-none">{none}</p>}
      {rows.map(({ key, to, text, id }) => (
        <p key={key} className="chain-row" dir="auto">
          <Link href={to}>{text}</Link>
          <small dir="ltr">{id}</small>
        </p>
      ))}
    </li>
  );
}

/** What became of feedback, or where a proposal came from and went: every step leads to its place. */
export function Chain({ start }: { readonly start: ChainStart }): ReactElement {
  const { feedback, proposals, entries, document } = useChain(start);
  const version = document?.version;
  return (
    <ol className="chain">
      <Step
        kind={words.feedback}
        none={words.noFeedback}
        rows={feedback.map((item) => ({
          key: item.id,
          to: feedbackAddress(item.id),
          text: visibleText(item.reasons.map(reasonWords).join(", ") || item.text || feedbackWords.title),
          id: item.id,
        }))}
      />
      <Step
        kind={words.proposals}
        none={words.noProposal}
        rows={proposals.map((card) => ({
          key: card.id,
          to: proposalAddress(card.id),
          text: visibleText(card.title),
          id: `${card.id} · ${card.status ?? ""}`,
        }))}
      />
      <Step
        kind={words.task}
        none={words.noTask}
        rows={proposals.flatMap(({ taskDocument: path }) =>
          path === undefined ? [] : [{ key: path, to: documentAddress(path), text: visibleText(path), id: path }],
        )}
      />
      <Step
        kind={words.entries}
        none={words.noEntry}
        rows={entries.map((entry) => ({
          key: entry.ref,
          to: logAddress(entry.ref),
          text: visibleText(entry.summary),
          id: `${entry.taskId ?? entry.ref} · ${entry.agent ?? ""}`,
        }))}
      />
      <Step
        kind={words.document}
        none={words.noDocument}
        rows={
          document === undefined
            ? []
            : [
                {
                  key: document.path,
                  to: documentAddress(document.path, { part: "history" }),
                  text: visibleText(document.path),
                  id:
                    version?.isCurrent === true
                      ? words.currentVersion
                      : `${words.version} ${version?.revision.slice(0, 12) ?? ""}`,
                },
              ]
        }
      />
    </ol>
  );
}
