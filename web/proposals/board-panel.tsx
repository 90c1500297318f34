import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { CardView } from "../../shared/proposals.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Lane } from "./board-lanes.ts";
import { NewProposalForm } from "./new-proposal-form.tsx";
import { type CardActs, ProposalCard } from "./proposal-card.tsx";
import { ProposalDetails } from "./proposal-details.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";
import type { LiveBoard } from "./use-board.ts";
import type { BoardPanel as OpenPanel } from "./use-board-place.ts";

export interface BoardPanelProps {
  readonly panel: OpenPanel;
  readonly card: CardView | undefined;
  readonly aside: readonly Lane[];
  readonly acts: CardActs;
  readonly agents: readonly string[];
  readonly live: Pick<LiveBoard, "check" | "setField">;
  readonly chain: (id: string) => ReactNode;
  readonly close: () => void;
  readonly onAdded: (id: string) => void;
}

/** What is open beside the board: a card, the form of a new one, or those that have no lane. */
export function BoardPanel(props: BoardPanelProps): ReactElement {
  const [width, setWidth] = usePanelWidth();
  const { panel, card, acts } = props;
  const frame = { width, onResize: setWidth, onClose: props.close };
  if (panel.kind === "new") {
    return (
      <SidePanel {...frame} label={words.newProposal} head={<Title text={words.newProposal} />}>
        <NewProposalForm agents={props.agents} onAdded={props.onAdded} />
      </SidePanel>
    );
  }
  if (panel.kind === "list") {
    const cards = props.aside.find(({ name }) => name === panel.status)?.items ?? [];
    return (
      <SidePanel {...frame} label={statusWords(panel.status)} head={<Title text={statusWords(panel.status)} />}>
        {cards.length === 0 && <p>{words.nothingPutAside}</p>}
        <ul className="proposal-list">
          {cards.map((item) =>
            item.kind === "card" ? (
              <ProposalCard
                key={item.card.id}
                card={item.card}
                acts={acts}
                isCurrent
                isOpen={false}
                isDragged={false}
              />
            ) : null,
          )}
        </ul>
      </SidePanel>
    );
  }
  if (!card) {
    return (
      <SidePanel {...frame} label={words.details} head={<Title text={panel.id} />}>
        <p role="status">{words.gone}</p>
      </SidePanel>
    );
  }
  return (
    <SidePanel
      {...frame}
      label={card.title}
      head={
        <>
          <Title text={card.title} />
          <p className="proposal-head-id">{card.id}</p>
        </>
      }
      foot={<CardFoot card={card} acts={acts} />}
    >
      <ProposalDetails
        card={card}
        acts={acts}
        agents={props.agents}
        check={props.live.check}
        setField={props.live.setField}
        chain={acts.isOwn ? props.chain(card.id) : undefined}
      />
    </SidePanel>
  );
}

function Title({ text }: { readonly text: string }): ReactElement {
  return (
    <h2 className="proposal-head-title" dir={directionOf(text)}>
      {visibleText(text)}
    </h2>
  );
}

/** The way on from where the card is: yes or no, then who does it, then done. */
function CardFoot({ card, acts }: { readonly card: CardView; readonly acts: CardActs }): ReactElement | undefined {
  if (!acts.isOwn || acts.isReadOnly) return undefined;
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
