import type { ReactElement } from "react";
import { Link } from "wouter";
import type { CardView } from "../../shared/proposals.ts";
import { documentAddress } from "../platform/studio-address.ts";
import type { CardActs } from "./proposal-card.tsx";
import { proposalWords as words } from "./proposal-words.ts";

/** The way on from where the card is: yes or no, then who does it, then done. */
export function CardFoot({ card, acts }: { readonly card: CardView; readonly acts: CardActs }): ReactElement {
  const move = (status: string, label: string, look: string): ReactElement | false =>
    card.nextStatuses.includes(status) && (
      <button type="button" className={`button ${look}`} onClick={() => acts.move(card, status)}>
        {label}
      </button>
    );
  const isUnderWay = card.status === "accepted" || card.status === "in-progress";
  const run = new URLSearchParams({ run: card.agent ?? "planner", proposal: card.id });
  return (
    <>
      {card.status === "proposed" && move("accepted", words.accept, "button-main")}
      {isUnderWay && card.agent !== undefined && (
        <Link className={card.status === "accepted" ? "button button-main" : "button"} href={`/studio/roster?${run}`}>
          {words.runAgent(card.agent)}
        </Link>
      )}
      {move("in-progress", words.start, card.agent === undefined ? "button-main" : "")}
      {move("done", words.finish, "button-main")}
      {card.taskDocument === undefined ? (
        <button type="button" className="button" onClick={() => acts.promote(card)}>
          {words.promote}
        </button>
      ) : (
        <Link className="button" href={documentAddress(card.taskDocument)}>
          {words.openTask}
        </Link>
      )}
      {move("rejected", words.reject, "button-quiet")}
    </>
  );
}
