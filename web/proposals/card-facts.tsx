import { Fragment, type ReactElement } from "react";
import type { CardView } from "../../shared/proposals.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";

/** Feedback by its id; any other source as it is written. */
export function sourceWords({ feedback, source }: CardView): string | undefined {
  return feedback.length > 0 ? feedback.join(", ") : source?.replaceAll("`", "");
}

/** Without the marks of emphasis and code, which a title in a list does not need. */
export function plainTitle({ title, id }: Pick<CardView, "title" | "id">): string {
  const plain = title.replaceAll(/\*\*|__|`/g, "").trim();
  return plain === "" ? id : plain;
}

/** Who, and from what; a finished one says its log entries. Boards of another form say the status, if it says something. */
export function CardFacts(props: { readonly card: CardView; readonly isOwn: boolean }): ReactElement | null {
  const { card, isOwn } = props;
  const isDone = card.status === "done";
  const isPlain = isOwn || isDone || card.status === undefined || card.status === "proposed";
  const who = card.status === "proposed" ? (card.proposedBy ?? card.agent) : (card.agent ?? card.proposedBy);
  const logged = card.logRefs.map(({ ref, taskId }) => taskId ?? ref);
  const parts = [
    isPlain ? undefined : statusWords(card.status ?? ""),
    who,
    isDone && logged.length > 0 ? logged.join(", ") : sourceWords(card),
  ].filter((part) => part !== undefined && part !== "");
  if (parts.length === 0) return null;
  return (
    <p className="card-facts">
      {isDone && <Icon name="check" size={14} />}
      <span>
        {parts.map((part, index) => (
          <Fragment key={part}>
            {index > 0 && " · "}
            <bdi className={isDone && index > 0 ? "mono" : undefined}>{visibleText(part ?? "")}</bdi>
          </Fragment>
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
