import "./proposal-card.css";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunSummary } from "../../shared/agents.ts";
import type { CardView, InvalidCardView } from "../../shared/proposals.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { MenuButton } from "../ui/menu.tsx";
import { CardFacts, CardProgress, plainTitle } from "./card-facts.tsx";
import { CardRuns } from "./card-runs.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";

/** What cards can do; the same for all of a board. */
export interface CardActs {
  readonly move: (card: CardView, status: string) => void;
  readonly promote: (card: CardView) => void;
  readonly addressOf: (id: string) => string;
  readonly titleOf: (id: string) => string | undefined;
  /** Runs for a card that are not over. */
  readonly runsOf: (id: string) => readonly AgentRunSummary[];
  /** Nothing is changed here. */
  readonly isReadOnly: boolean;
  /** Its own box stands for its status. */
  readonly hasBoxes: boolean;
  readonly isOwn: boolean;
}

export interface ProposalCardProps {
  readonly card: CardView;
  readonly acts: CardActs;
  /** The one card that Tab reaches. */
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
}

/** A proposal in its lane. Dashed while nobody has said yes to it. */
export function ProposalCard({ card, acts, isCurrent, isOpen, isDragged }: ProposalCardProps): ReactElement {
  const isDashed = acts.isOwn && (card.status === "proposed" || card.status === undefined);
  return (
    <li
      className="proposal-card"
      data-card={card.id}
      data-look={isDashed ? "dashed" : "solid"}
      {...(isOpen ? { "data-open": "" } : {})}
      {...(isDragged ? { "data-dragged": "" } : {})}
    >
      <div className="card-head">
        {acts.hasBoxes && <StatusBox card={card} acts={acts} />}
        <Link
          className="card-title"
          href={acts.addressOf(card.id)}
          dir={directionOf(card.title)}
          tabIndex={isCurrent ? 0 : -1}
          draggable={false}
          aria-current={isOpen ? "true" : undefined}
        >
          {visibleText(plainTitle(card))}
        </Link>
        {card.priority !== undefined && <span className="badge badge-line card-priority">{card.priority}</span>}
        {!acts.isReadOnly && card.nextStatuses.length > 0 && <MoveMenu card={card} acts={acts} />}
      </div>
      <CardFacts card={card} isOwn={acts.isOwn} />
      <CardProgress card={card} />
      <CardRuns runs={acts.runsOf(card.id)} />
      {card.problems.length > 0 && (
        <p className="card-problem">
          <Icon name="warning" size={14} /> {card.problems.join(" ")}
        </p>
      )}
      <Decision card={card} acts={acts} />
    </li>
  );
}

function StatusBox({ card, acts }: { readonly card: CardView; readonly acts: CardActs }): ReactElement {
  const canChange = !acts.isReadOnly && card.nextStatuses.length > 0;
  return (
    <input
      type="checkbox"
      className="card-box"
      aria-label={`${statusWords("done")}: ${card.title}`}
      checked={card.status === "done"}
      ref={(box) => {
        if (box) box.indeterminate = card.status === "in-progress";
      }}
      disabled={!canChange}
      onChange={(event) => acts.move(card, event.currentTarget.checked ? "done" : "proposed")}
    />
  );
}

/** Every move that a drag can make, and those that it cannot. */
export function MoveMenu({ card, acts }: { readonly card: CardView; readonly acts: CardActs }): ReactElement {
  return (
    <MenuButton
      label={`${words.move}: ${card.title}`}
      className="icon-button card-move"
      items={() => [
        { group: words.moveTo },
        ...card.nextStatuses.map((status) => ({
          label: statusWords(status),
          choose: () => acts.move(card, status),
        })),
        ...(acts.isOwn && card.taskDocument === undefined
          ? (["line", { label: words.promote, choose: () => acts.promote(card) }] as const)
          : []),
      ]}
    >
      <Icon name="more" />
    </MenuButton>
  );
}

/** On a proposal that waits: what it may repeat, and yes or no. */
function Decision({ card, acts }: { readonly card: CardView; readonly acts: CardActs }): ReactElement | null {
  if (!acts.isOwn || acts.isReadOnly || card.status !== "proposed") return null;
  const [twin] = card.possibleDuplicates;
  return (
    <div className="card-decision" data-always={twin === undefined ? undefined : ""}>
      {twin !== undefined && (
        <p className="card-twin">
          {words.possibleDuplicate}{" "}
          <Link className="text-link" href={acts.addressOf(twin)}>
            <bdi>{visibleText(acts.titleOf(twin) ?? twin)}</bdi>
          </Link>
        </p>
      )}
      <div className="card-acts">
        <button type="button" className="button button-main" onClick={() => acts.move(card, "accepted")}>
          {words.accept}
        </button>
        {twin !== undefined && (
          <button
            type="button"
            className="button"
            title={words.mergeHint}
            onClick={() => acts.move(card, "superseded")}
          >
            {words.merge}
          </button>
        )}
        <button type="button" className="button button-quiet" onClick={() => acts.move(card, "rejected")}>
          {words.reject}
        </button>
      </div>
    </div>
  );
}

/** A record that cannot be read, with its reason, as it stands in the file. */
export function InvalidCard({ invalid }: { readonly invalid: InvalidCardView }): ReactElement {
  return (
    <li className="proposal-card invalid-card">
      <p className="card-problem">
        <Icon name="warning" size={14} /> {words.line(invalid.line)}: {invalid.reason}
      </p>
      <pre className="card-raw" dir="auto">
        {visibleText(invalid.raw.slice(0, 2000))}
      </pre>
    </li>
  );
}
