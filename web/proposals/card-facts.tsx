import type { ReactElement } from "react";
import type { CardView } from "../../shared/proposals.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { proposalWords as words } from "./proposal-words.ts";

/** Feedback by its id; any other source as it is written. */
export function sourceWords({ feedback, source }: CardView): string | undefined {
  return feedback.length > 0 ? feedback.join(", ") : source?.replaceAll("`", "");
}

/** Who, and from what; a finished one says its log entries. */
export function CardFacts({ card }: { readonly card: CardView }): ReactElement | null {
  const isDone = card.status === "done";
  const who = card.status === "proposed" ? (card.proposedBy ?? card.agent) : (card.agent ?? card.proposedBy);
  const logged = card.logRefs.map(({ ref, taskId }) => taskId ?? ref);
  const parts = [who, isDone && logged.length > 0 ? logged.join(", ") : sourceWords(card)].filter(
    (part) => part !== undefined && part !== "",
  );
  if (parts.length === 0) return null;
  return (
    <p className="card-facts">
      {isDone && <Icon name="check" size={14} />}
      <span>
        {parts.map((part, index) => (
          <bdi key={part} className={isDone && index > 0 ? "mono" : ""}>
            {index > 0 && " · "}
            {visibleText(part ?? "")}
          </bdi>
        ))}
      </span>
    </p>
  );
}

/** How many of its boxes are ticked, once somebody works on it. */
export function CardProgress({ card }: { readonly card: CardView }): ReactElement | null {
  const { checklist, status } = card;
  const done = checklist.filter(({ isChecked }) => isChecked).length;
  const isShown = checklist.length > 0 && status !== "done" && (status === "in-progress" || done > 0);
  if (!isShown) return null;
  const text = words.criteria(done, checklist.length);
  return (
    <div className="card-progress">
      <ProgressBar value={done} total={checklist.length} label={text} tone="accent" />
      <p className="numbers">{text}</p>
    </div>
  );
}
