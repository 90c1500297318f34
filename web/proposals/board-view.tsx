import type { ReactElement, ReactNode } from "react";
import type { BoardView as BoardData } from "../../shared/proposals.ts";
import { useToast } from "../ui/toasts.tsx";
import { Board } from "./board.tsx";
import { BoardFoot } from "./board-foot.tsx";
import { cardsOf, drawBoard } from "./board-lanes.ts";
import { BoardNote, NoCards } from "./board-notes.tsx";
import { BoardPanel } from "./board-panel.tsx";
import { FinishDialog } from "./finish-dialog.tsx";
import { proposalWords as words } from "./proposal-words.ts";
import { useAgentKeys } from "./use-agent-keys.ts";
import type { LiveBoard } from "./use-board.ts";
import type { BoardPlace } from "./use-board-place.ts";
import { useCardActs } from "./use-card-acts.ts";

/** A board that is there: its lanes or what is offered instead, what is open beside it, and its foot. */
export function BoardView(props: {
  readonly live: LiveBoard;
  readonly board: BoardData;
  readonly place: BoardPlace;
  /** Not the board that Folio writes. */
  readonly isOther: boolean;
  readonly chain: (id: string) => ReactNode;
}): ReactElement {
  const { live, board, place, isOther } = props;
  const { filter, panel } = place;
  const show = useToast();
  const agentKeys = useAgentKeys();
  const { acts, finishing, setFinishing, finish, refuse } = useCardActs(live, board, place, isOther);
  const drawn = drawBoard(board, filter);
  const cards = cardsOf(board);
  const isFiltered = filter.agent !== "" || filter.source !== "";
  const close = (): void => place.open(undefined);
  const add = acts.isOwn && !isOther ? () => place.open({ kind: "new" }) : undefined;
  const showWritten = (): void => place.showBoard(undefined);
  return (
    <>
      <BoardNote board={board} isOther={isOther} showWritten={showWritten} />
      <div className="page-columns">
        {cards.length === 0 && board.invalid.length === 0 ? (
          <div className="page-content">
            <NoCards board={board} isReadOnly={isOther} add={add ?? close} showWritten={showWritten} />
          </div>
        ) : (
          <Board
            drawn={drawn}
            acts={acts}
            openId={panel?.kind === "card" ? panel.id : undefined}
            isFiltered={isFiltered}
            add={add}
            refuse={refuse}
          />
        )}
        {panel && (
          <BoardPanel
            key={panel.kind === "card" ? panel.id : panel.kind}
            panel={panel}
            card={panel.kind === "card" ? cards.find(({ id }) => id === panel.id) : undefined}
            aside={drawn.aside}
            acts={acts}
            agents={agentKeys}
            live={live}
            chain={props.chain}
            close={close}
            onAdded={(id) => {
              live.refresh();
              show({ text: words.form.saved(id), subject: "proposals" });
              place.open({ kind: "card", id });
            }}
          />
        )}
      </div>
      {cards.length > 0 && (
        <BoardFoot
          aside={drawn.aside}
          isReadOnly={isOther}
          isOwn={acts.isOwn}
          addressOf={(status) => place.addressOf({ kind: "list", status })}
        />
      )}
      {finishing && (
        <FinishDialog card={finishing} finish={(how) => finish(finishing, how)} close={() => setFinishing(undefined)} />
      )}
    </>
  );
}
