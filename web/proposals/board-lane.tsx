import { type ReactElement, useState } from "react";
import type { CardView } from "../../shared/proposals.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import type { Lane, LaneItem } from "./board-lanes.ts";
import { type CardActs, InvalidCard, ProposalCard } from "./proposal-card.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";

const firstShown = 25;
const firstDone = 6;
const shownMore = 50;
/** One or two more are shown rather than counted. */
const slack = 2;

export interface BoardLaneProps {
  readonly lane: Lane;
  readonly acts: CardActs;
  readonly currentId: string | undefined;
  readonly openId: string | undefined;
  /** What is dragged, anywhere on the board, and whether it may be dropped here. */
  readonly dragged: { readonly card: CardView; readonly height: number; readonly isOver: boolean } | undefined;
  readonly canDrop: boolean;
  /** On a phone: the one lane that is shown. */
  readonly isChosen: boolean;
  readonly isFiltered: boolean;
  /** Adds a proposal; only where new ones come. */
  readonly add: (() => void) | undefined;
}

export function BoardLane(props: BoardLaneProps): ReactElement {
  const { lane, acts, dragged, isChosen } = props;
  const first = lane.status === "done" ? firstDone : firstShown;
  const [count, setCount] = useState(first);
  const shown = lane.items.length <= count + slack ? lane.items : lane.items.slice(0, count);
  const rest = lane.items.length - shown.length;
  const slotAt = dragged?.isOver && props.canDrop ? slotIndex(shown, dragged.card, lane.status) : undefined;
  const slot = <li key="slot" className="card-slot" aria-hidden="true" style={{ blockSize: dragged?.height }} />;
  const name = statusWords(lane.name);
  return (
    <section
      className="board-lane"
      aria-label={name}
      data-lane={lane.name}
      data-chosen={isChosen || undefined}
      data-closed={(dragged && !props.canDrop && dragged.card.status !== lane.status) || undefined}
    >
      <div className="lane-head">
        <h2 className="lane-title" dir={directionOf(name)}>
          {visibleText(name)}
        </h2>
        <span className="lane-count numbers">{lane.cardCount.toLocaleString("en")}</span>
        {props.add && (
          <button
            type="button"
            className="icon-button lane-add"
            aria-label={words.newProposal}
            title={words.newProposal}
            onClick={props.add}
          >
            <Icon name="plus" />
          </button>
        )}
      </div>
      <ul className="lane-cards">
        {shown.map((item, index) => [
          index === slotAt && slot,
          item.kind === "invalid" ? (
            <InvalidCard key={`line-${item.invalid.line}`} invalid={item.invalid} />
          ) : (
            <ProposalCard
              key={item.card.id}
              card={item.card}
              acts={acts}
              isCurrent={item.card.id === props.currentId}
              isOpen={item.card.id === props.openId}
              isDragged={item.card.id === dragged?.card.id}
            />
          ),
        ])}
        {slotAt === shown.length && slot}
      </ul>
      {lane.items.length === 0 && slotAt === undefined && (
        <p className="lane-empty">{props.isFiltered ? words.emptyFiltered : words.emptyLane}</p>
      )}
      {rest > 0 && (
        <button type="button" className="lane-more" onClick={() => setCount(count + shownMore)}>
          {words.more(rest)}
        </button>
      )}
    </section>
  );
}

/** Where the card will stand: in the file's order; among the done ones on top. */
function slotIndex(shown: readonly LaneItem[], card: CardView, status: string | undefined): number {
  if (status === "done") return 0;
  const at = shown.findIndex((item) => item.kind === "card" && item.card.place > card.place);
  return at === -1 ? shown.length : at;
}
