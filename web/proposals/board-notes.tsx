import type { ReactElement } from "react";
import { Link } from "wouter";
import { BOARD_PREAMBLE } from "../../shared/codex-format/proposals/board-preamble.ts";
import type { BoardView } from "../../shared/proposals.ts";
import { problemWords } from "../platform/api.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { Banner } from "../ui/banner.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useToast } from "../ui/toasts.tsx";
import { isOwnShape } from "./board-lanes.ts";
import { proposalWords as words } from "./proposal-words.ts";
import { startBoard } from "./proposals-api.ts";

export const askPlannerAddress = "/studio/roster?run=planner";
const ownPath = ".codex/PROPOSED-TASKS.md";

/** Whose form the board has, and what can be done with it here. */
export function BoardNote(props: {
  readonly board: BoardView;
  readonly isOther: boolean;
  readonly showWritten: () => void;
}): ReactElement | null {
  const { board, isOther } = props;
  if (isOther) {
    return (
      <Banner level="state" icon="lock" title={words.otherBoard} detail={words.otherBoardText}>
        <button type="button" className="button" onClick={props.showWritten}>
          {words.showWritten}
        </button>
      </Banner>
    );
  }
  if (isOwnShape(board)) return null;
  return (
    <Banner level="state" icon="file" title={words.otherShape(board.shape)} detail={words.otherShapeText}>
      <Link className="button" href={documentAddress(board.path)}>
        {words.openDocument}
      </Link>
    </Banner>
  );
}

/** No card yet: what comes here, and how. */
export function NoCards(props: {
  readonly board: BoardView;
  readonly isReadOnly: boolean;
  readonly add: () => void;
  readonly showWritten: () => void;
}): ReactElement {
  const { board, isReadOnly } = props;
  const show = useToast();
  const isDocument = board.shape === "document";
  const begin = (): void => {
    const base = board.path === ownPath ? (board.revision ?? null) : null;
    startBoard(ownPath, base, BOARD_PREAMBLE).then(
      () => {
        show({ text: words.templateMade, detail: ownPath });
        props.showWritten();
      },
      (thrown: unknown) => {
        const { title, detail = "" } = problemWords(thrown);
        show({ text: title, detail, icon: "warning" });
      },
    );
  };
  const canBegin = board.path !== ownPath || !board.exists || (board.shape === "empty" && board.revision !== undefined);
  return (
    <EmptyState
      title={isDocument ? words.documentTitle : words.emptyTitle}
      text={isDocument ? words.documentText : words.emptyText}
    >
      {!isReadOnly && (
        <Link className="button button-main" href={askPlannerAddress}>
          {words.askPlanner}
        </Link>
      )}
      {!isReadOnly && (
        <button type="button" className="button" onClick={props.add}>
          {words.writeOne}
        </button>
      )}
      {!isReadOnly && canBegin && (
        <button type="button" className="button" onClick={begin}>
          {words.fromTemplate}
        </button>
      )}
      {board.exists && (
        <Link className="button button-quiet" href={documentAddress(board.path)}>
          {words.openDocument}
        </Link>
      )}
    </EmptyState>
  );
}
