import { useState } from "react";
import { useLocation } from "wouter";
import type { BoardView, CardView } from "../../shared/proposals.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { useToast } from "../ui/toasts.tsx";
import { cardsOf, isOwnShape } from "./board-lanes.ts";
import type { Finish } from "./finish-dialog.tsx";
import type { CardActs } from "./proposal-card.tsx";
import { proposalWords as words } from "./proposal-words.ts";
import { finishProposal, promoteProposal } from "./proposals-api.ts";
import type { LiveBoard } from "./use-board.ts";
import type { BoardPlace } from "./use-board-place.ts";
import { useCardRuns } from "./use-card-runs.ts";

/** What the cards of a board can do here; `finishing` is the one that is asked for its log entry. */
export function useCardActs(live: LiveBoard, board: BoardView, place: BoardPlace, isOther: boolean) {
  const show = useToast();
  const [, navigate] = useLocation();
  const [finishing, setFinishing] = useState<CardView>();
  const isOwn = isOwnShape(board);
  const runsOf = useCardRuns();
  const promote = async (card: CardView): Promise<void> => {
    if (card.taskDocument !== undefined) {
      navigate(documentAddress(card.taskDocument));
      return;
    }
    let path = "";
    await live.run(async (base) => {
      path = (await promoteProposal(base, card.id)).path;
      return {};
    });
    const act = { label: words.open, run: () => navigate(documentAddress(path)) };
    show({ text: words.promoted, detail: path, subject: "proposals", act });
  };
  const acts: CardActs = {
    move: (card, status) => (isOwn && status === "done" ? setFinishing(card) : live.move(card, status)),
    promote: (card) => void promote(card).catch(() => {}),
    addressOf: (id) => place.addressOf({ kind: "card", id }),
    titleOf: (id) => cardsOf(board).find((card) => card.id === id)?.title,
    runsOf: (id) => (isOther ? [] : runsOf(id)),
    isReadOnly: isOther,
    hasBoxes: board.shape === "checkboxes",
    isOwn,
  };
  const finish = async (card: CardView, how: Finish): Promise<void> => {
    await live.run((base) => finishProposal({ base, id: card.id, ...how }));
    show({ text: words.finished, detail: card.title, subject: "proposals" });
  };
  const refuse = (card: CardView): void =>
    show({ text: words.notFromHere(card.status ?? "", card.nextStatuses), icon: "warning", subject: "proposals" });
  return { acts, finishing, setFinishing, finish, refuse };
}
