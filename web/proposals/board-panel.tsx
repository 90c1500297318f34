import type { ReactElement, ReactNode } from "react";
import type { CardView } from "../../shared/proposals.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Lane } from "./board-lanes.ts";
import { plainTitle } from "./card-facts.tsx";
import { CardFoot } from "./card-foot.tsx";
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
      label={plainTitle(card)}
      head={
        <>
          <Title text={plainTitle(card)} />
          <p className="proposal-head-id">{card.id}</p>
        </>
      }
      {...(acts.isOwn && !acts.isReadOnly ? { foot: <CardFoot card={card} acts={acts} /> } : {})}
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
