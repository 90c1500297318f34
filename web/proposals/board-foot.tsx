import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Lane } from "./board-lanes.ts";
import { proposalWords as words } from "./proposal-words.ts";

/** The keys of the board, and the cards that have no lane. */
export function BoardFoot(props: {
  readonly aside: readonly Lane[];
  readonly isReadOnly: boolean;
  readonly isOwn: boolean;
  readonly addressOf: (status: string) => string;
}): ReactElement {
  const key = (names: readonly string[], does: string): ReactElement => (
    <span key={does} className="board-foot-key">
      {names.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
      {does}
    </span>
  );
  return (
    <footer className="board-foot">
      {key(["←", "→"], words.keys.lane)}
      {key(["↑", "↓"], words.keys.card)}
      {!props.isReadOnly && key(["M"], words.keys.move)}
      {!props.isReadOnly && props.isOwn && key(["P"], words.keys.promote)}
      {!props.isReadOnly && props.isOwn && key(["A"], words.keys.accept)}
      <div className="board-foot-lists">
        {props.aside.map(({ name, cardCount }) => (
          <Link key={name} className="text-link numbers" href={props.addressOf(name)}>
            {words.listOf(name, cardCount)}
          </Link>
        ))}
      </div>
    </footer>
  );
}
