import type { BoardView } from "../../../shared/proposals.ts";

const over: ReadonlySet<string> = new Set(["done", "rejected", "superseded"]);

/** How many proposals are neither done nor put aside. A card without a status is open unless all its boxes are checked. */
export function openProposals(board: BoardView): number {
  const cards = board.lanes.flatMap((lane) => lane.cards);
  return cards.filter(({ status }) => !over.has(status ?? "proposed")).length;
}
