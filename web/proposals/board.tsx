import "../ui/chip.css";
import "./board.css";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { CardView } from "../../shared/proposals.ts";
import { onBoardKey } from "./board-keys.ts";
import { BoardLane } from "./board-lane.tsx";
import type { DrawnBoard, Lane } from "./board-lanes.ts";
import { CardFacts, CardProgress, plainTitle } from "./card-facts.tsx";
import type { CardActs } from "./proposal-card.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";
import { useCardDrag } from "./use-card-drag.ts";

export interface BoardProps {
  readonly drawn: DrawnBoard;
  readonly acts: CardActs;
  readonly openId: string | undefined;
  readonly isFiltered: boolean;
  readonly add: (() => void) | undefined;
  /** Says why a card cannot go where it was dropped. */
  readonly refuse: (card: CardView) => void;
}

/** The lanes: cards carried by pointer or by keys; a moved card keeps the focus. */
export function Board({ drawn, acts, openId, isFiltered, add, refuse }: BoardProps): ReactElement {
  const { lanes } = drawn;
  const [chosen, setChosen] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const cards = lanes.flatMap(({ items }) => items.flatMap((item) => (item.kind === "card" ? [item.card] : [])));
  const find = (id: string): CardView | undefined => cards.find((card) => card.id === id);
  const currentId = focused !== undefined && find(focused) ? focused : cards[0]?.id;
  const moved = useRef<string>(undefined);
  const moving: CardActs = {
    ...acts,
    move: (card, status) => {
      moved.current = card.id;
      acts.move(card, status);
    },
  };
  const { drag, ghost, area, onPointerDown } = useCardDrag((id, name) => {
    const card = find(id);
    const lane = lanes.find((each) => each.name === name);
    if (!card || !lane || isIn(lane, card)) return;
    if (canDrop(lane, card, acts)) moving.move(card, lane.status ?? "");
    else refuse(card);
  });
  useEffect(() => {
    if (moved.current === undefined || drag !== undefined || document.querySelector("dialog[open]")) return;
    const title = area.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(moved.current)}"] .card-title`);
    moved.current = undefined;
    if (document.activeElement === null || document.activeElement === document.body) title?.focus();
  }, [drawn, drag, area]);
  const dragged = drag && find(drag.id);
  const chosenName = lanes.some(({ name }) => name === chosen) ? chosen : firstWithCards(lanes)?.name;
  return (
    <section
      ref={area}
      className="page-content board-area"
      aria-label={words.board}
      data-dragging={drag ? "" : undefined}
    >
      <LaneSwitch lanes={lanes} chosen={chosenName} choose={setChosen} />
      <div
        role="presentation"
        className="board-lanes"
        style={{ "--lanes": lanes.length } as React.CSSProperties}
        onPointerDown={acts.isReadOnly ? undefined : onPointerDown}
        onKeyDown={(event) =>
          onBoardKey(event, (key, id) => {
            const card = find(id);
            if (card) pressKey(key, card, moving, event.target as HTMLElement);
          })
        }
        onFocus={(event) => {
          const id = event.target.closest<HTMLElement>("[data-card]")?.dataset["card"];
          if (id !== undefined) setFocused(id);
        }}
      >
        {lanes.map((lane, index) => (
          <BoardLane
            key={lane.name}
            lane={lane}
            acts={moving}
            currentId={currentId}
            openId={openId}
            dragged={dragged && drag && { card: dragged, height: drag.height, isOver: drag.lane === lane.name }}
            canDrop={dragged !== undefined && canDrop(lane, dragged, acts)}
            isChosen={lane.name === chosenName}
            isFiltered={isFiltered}
            add={index === 0 ? add : undefined}
          />
        ))}
      </div>
      {drag && dragged && (
        <ul ref={ghost} className="card-ghost" aria-hidden="true" style={{ inlineSize: drag.width }}>
          <li className="proposal-card">
            <p className="card-head card-title-plain">{plainTitle(dragged)}</p>
            <CardFacts card={dragged} isOwn={acts.isOwn} />
            <CardProgress card={dragged} />
          </li>
        </ul>
      )}
    </section>
  );
}

function isIn(lane: Lane, card: CardView): boolean {
  return lane.items.some((item) => item.kind === "card" && item.card.id === card.id);
}

function canDrop({ status }: Lane, card: CardView, { isReadOnly }: CardActs): boolean {
  return !isReadOnly && status !== undefined && card.nextStatuses.includes(status);
}

function firstWithCards(lanes: readonly Lane[]): Lane | undefined {
  return lanes.find(({ items }) => items.length > 0) ?? lanes[0];
}

function pressKey(key: "move" | "accept" | "promote", card: CardView, acts: CardActs, title: HTMLElement): void {
  if (acts.isReadOnly) return;
  if (key === "move") title.closest("[data-card]")?.querySelector<HTMLElement>(".card-move")?.click();
  else if (key === "accept" && card.nextStatuses.includes("accepted")) acts.move(card, "accepted");
  else if (key === "promote" && acts.isOwn) acts.promote(card);
}

/** On a phone one lane is shown. */
function LaneSwitch(props: {
  readonly lanes: readonly Lane[];
  readonly chosen: string | undefined;
  readonly choose: (name: string) => void;
}): ReactElement {
  return (
    <div className="lane-switch" role="group" aria-label={words.lanes}>
      {props.lanes.map(({ name, cardCount }) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-pressed={name === props.chosen}
          onClick={() => props.choose(name)}
        >
          {statusWords(name)} <span className="numbers">{cardCount.toLocaleString("en")}</span>
        </button>
      ))}
    </div>
  );
}
