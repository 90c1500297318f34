import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { BoardView as BoardData } from "../../shared/proposals.ts";
import { problemWords } from "../platform/api.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { PageBar } from "../ui/page-bar.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { StateDot } from "../ui/state-dot.tsx";
import { BoardFilters } from "./board-filters.tsx";
import { cardsOf, isOwnShape } from "./board-lanes.ts";
import { askPlannerAddress } from "./board-notes.tsx";
import { BoardView } from "./board-view.tsx";
import { proposalWords as words } from "./proposal-words.ts";
import { useBoard } from "./use-board.ts";
import { useBoardPlace } from "./use-board-place.ts";

/** The page of proposals: the board that Folio writes, or another one to be read (`?path=`). */
export function Proposals(props: {
  readonly openSide: ReactNode;
  /** The walk from feedback to the document, of one proposal. */
  readonly chain: (id: string) => ReactNode;
}): ReactElement {
  const place = useBoardPlace();
  const live = useBoard(place.path);
  const { board, problem } = live;
  const isOther = place.path !== undefined;
  const canAdd = board !== undefined && isOwnShape(board) && !isOther;
  // The first of the others is the one that is found by its name.
  const written = isOther ? board?.others[0] : board?.path;
  const filters = board && (cardsOf(board).length > 0 || board.others.length > 0) && (
    <BoardFilters
      board={board}
      filter={place.filter}
      change={place.setFilter}
      showBoard={(path) => place.showBoard(path === written ? undefined : path)}
    />
  );
  return (
    <>
      <PageBar openSide={props.openSide} title={words.title} path={board?.exists ? <Path board={board} /> : undefined}>
        {filters && <div className="board-filters board-filters-beside">{filters}</div>}
        {!isOther && (
          <Link className="button" href={askPlannerAddress}>
            <Icon name="play" />
            <span className="act-words">{words.askPlanner}</span>
          </Link>
        )}
        {canAdd && (
          <button type="button" className="button button-main" onClick={() => place.open({ kind: "new" })}>
            <Icon name="plus" />
            <span className="act-words">{words.newProposal}</span>
          </button>
        )}
      </PageBar>
      {filters && <search className="board-filters board-filters-below">{filters}</search>}
      {board === undefined && problem !== undefined && (
        <div className="page-content">
          <ProblemNote {...problemWords(problem)} retry={live.refresh} />
        </div>
      )}
      {board && (
        <BoardView key={board.path} live={live} board={board} place={place} isOther={isOther} chain={props.chain} />
      )}
    </>
  );
}

function Path({ board }: { readonly board: BoardData }): ReactElement {
  const invalid = board.invalid.length;
  const count = cardsOf(board).length + invalid;
  return (
    <>
      <span>
        <bdi dir="ltr">{visibleText(board.path)}</bdi> · {words.records(count, invalid)}
      </span>
      <StateDot state={invalid === 0 ? "solid" : "bad"} label={invalid === 0 ? words.onDisk : words.hasInvalid} />
    </>
  );
}
