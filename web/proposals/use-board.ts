import { useEffect, useMemo, useState } from "react";
import type { BoardView, CardView, ChangeProposal } from "../../shared/proposals.ts";
import { problemWords } from "../platform/api.ts";
import { byProposals } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { useToast } from "../ui/toasts.tsx";
import { isOwnShape, withMoves } from "./board-lanes.ts";
import { type BoardChange, createChangeQueue, isStale } from "./change-queue.ts";
import { proposalWords as words } from "./proposal-words.ts";
import { boardAddress, changeProposal } from "./proposals-api.ts";
import { wayBack } from "./way-back.ts";

export interface LiveBoard {
  /** With the moves that are being written. */
  readonly board: BoardView | undefined;
  readonly problem: unknown;
  readonly refresh: () => void;
  /** One edit of one status; the news of it can undo it. */
  readonly move: (card: CardView, status: string) => void;
  readonly check: (card: CardView, number: number, isChecked: boolean) => void;
  readonly setField: (card: CardView, name: string, value: string) => void;
  /** Any other command that needs the board's revision; refusals are told and thrown on. */
  readonly run: (change: BoardChange) => Promise<void>;
}

type Change = ChangeProposal["change"];

/** One board, kept up to date; changes are shown at once and written one after another. */
export function useBoard(path: string | undefined): LiveBoard {
  const { value, problem, refresh } = useResource<BoardView>(boardAddress(path), byProposals);
  const show = useToast();
  const [queue] = useState(createChangeQueue);
  const [moves, setMoves] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    queue.saw(value?.revision);
    // What was moved stands in the fetched board by now, or somebody else wrote it anew.
    setMoves((before) => (before.size === 0 ? before : new Map()));
  }, [queue, value]);
  const board = useMemo(() => value && withMoves(value, moves), [value, moves]);
  const run = async (change: BoardChange): Promise<void> => {
    try {
      await queue.run(change);
    } catch (thrown) {
      setMoves(new Map());
      refresh();
      const { title, detail } = problemWords(thrown);
      const told = isStale(thrown) ? { text: words.stale, detail: words.staleDetail } : { text: title, detail };
      show({ ...told, detail: told.detail ?? "", icon: "warning", subject: "proposals" });
      throw thrown;
    }
  };
  const patch = (card: CardView, change: Change): Promise<void> =>
    run((base) => changeProposal({ path: board?.path ?? "", base, id: card.id, change }));
  const quietly = (done: Promise<void>, then?: () => void): void => void done.then(then, () => {});
  const shift = async (card: CardView, way: readonly string[]): Promise<void> => {
    const last = way.at(-1);
    if (last !== undefined) setMoves((before) => new Map(before).set(card.id, last));
    for (const status of way) await patch(card, { type: "status", status });
  };
  const move = (card: CardView, status: string): void => {
    const way = board && backFrom(board, status, card.status);
    const undo = (): void => quietly(shift(card, way ?? []), () => show({ text: words.undone, subject: "proposals" }));
    quietly(shift(card, [status]), () =>
      show({
        text: words.moved(card.title, status),
        subject: "proposals",
        ...(way === undefined ? {} : { act: { label: words.undo, run: undo } }),
      }),
    );
  };
  return {
    board,
    problem,
    refresh,
    move,
    run,
    check: (card, number, isChecked) => quietly(patch(card, { type: "check", number, isChecked })),
    setField: (card, name, text) =>
      quietly(patch(card, { type: "field", name, value: text }), () =>
        show({ text: words.changed, subject: "proposals" }),
      ),
  };
}

function backFrom(board: BoardView, now: string, before: string | undefined): readonly string[] | undefined {
  if (before === undefined) return undefined;
  return isOwnShape(board) ? wayBack(now, before) : [before];
}
