import "./proposal-details.css";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { CardView } from "../../shared/proposals.ts";
import { documentAddress, feedbackAddress, logAddress } from "../platform/studio-address.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { MarkdownText } from "../ui/markdown-text.tsx";
import { CardRuns } from "./card-runs.tsx";
import { type CardPart, cardParts } from "./checklist-parts.ts";
import { type CardActs, MoveMenu } from "./proposal-card.tsx";
import { statusWords, proposalWords as words } from "./proposal-words.ts";

export interface ProposalDetailsProps {
  readonly card: CardView;
  readonly acts: CardActs;
  readonly agents: readonly string[];
  readonly check: (card: CardView, number: number, isChecked: boolean) => void;
  readonly setField: (card: CardView, name: string, value: string) => void;
  /** The walk from feedback to the document. */
  readonly chain: ReactNode;
}

const priorities = ["low", "medium", "high"];
const fields = words.fields;

/** Everything that the file says of one card. */
export function ProposalDetails(props: ProposalDetailsProps): ReactElement {
  const { card } = props;
  return (
    <div className="proposal-details">
      {card.problems.length > 0 && (
        <ul className="proposal-problems" aria-label={words.problems}>
          {card.problems.map((problem) => (
            <li key={problem}>
              <Icon name="warning" size={14} /> {problem}
            </li>
          ))}
        </ul>
      )}
      <Facts {...props} />
      {cardParts(card, words.checklist).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a card may have two sections of one name
        <Part key={index} part={part} {...props} />
      ))}
      {props.chain !== undefined && (
        <section>
          <h3 className="proposal-part-title">{words.chain}</h3>
          {props.chain}
        </section>
      )}
      <details className="proposal-raw">
        <summary>{words.raw}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <pre dir="auto" tabIndex={0}>
          {visibleText(card.raw)}
        </pre>
      </details>
    </div>
  );
}

function Part({ part, card, acts, check }: ProposalDetailsProps & { readonly part: CardPart }): ReactElement {
  return (
    <section>
      {part.name !== "" && (
        <h3 className="proposal-part-title" dir={directionOf(part.name)}>
          {visibleText(part.name)}
        </h3>
      )}
      {part.kind === "text" && <MarkdownText text={part.text} />}
      {part.kind === "boxes" && (
        <ul className="proposal-boxes">
          {part.boxes.map((box) => (
            <li key={box.number}>
              <label>
                <input
                  type="checkbox"
                  checked={box.isChecked}
                  disabled={acts.isReadOnly}
                  onChange={(event) => check(card, box.number, event.currentTarget.checked)}
                />
                <span dir={directionOf(box.text)}>{visibleText(box.text.replaceAll("`", ""))}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Facts({ card, acts, agents, setField }: ProposalDetailsProps): ReactElement {
  const canEdit = acts.isOwn && !acts.isReadOnly;
  const runs = acts.runsOf(card.id);
  const choice = (name: "Agent" | "Priority", value: string | undefined, values: readonly string[], none: string) =>
    canEdit ? (
      <select
        className="input proposal-choice"
        aria-label={name}
        value={value ?? ""}
        onChange={(event) => setField(card, name, event.currentTarget.value)}
      >
        {value === undefined && <option value="">{none}</option>}
        {[...new Set(value === undefined ? values : [value, ...values])].map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    ) : (
      (value ?? none)
    );
  return (
    <dl className="proposal-facts">
      <Fact name={fields.status}>
        {statusWords(card.status ?? "")}
        {!acts.isReadOnly && card.nextStatuses.length > 0 && <MoveMenu card={card} acts={acts} />}
      </Fact>
      {runs.length > 0 && (
        <Fact name={fields.runs}>
          <CardRuns runs={runs} />
        </Fact>
      )}
      {card.lane !== undefined && <Fact name={fields.lane}>{visibleText(card.lane)}</Fact>}
      {(acts.isOwn || card.agent) && (
        <Fact name={fields.agent}>{choice("Agent", card.agent, agents, words.noAgent)}</Fact>
      )}
      {(acts.isOwn || card.priority) && (
        <Fact name={fields.priority}>{choice("Priority", card.priority, priorities, words.noPriority)}</Fact>
      )}
      {card.proposedBy && <Fact name={fields.proposedBy}>{visibleText(card.proposedBy)}</Fact>}
      {card.date && <Fact name={fields.date}>{visibleText(card.date)}</Fact>}
      {card.source && <Fact name={fields.source}>{<Source card={card} />}</Fact>}
      {card.taskDocument !== undefined && (
        <Fact name={fields.task}>{link(documentAddress(card.taskDocument), card.taskDocument)}</Fact>
      )}
      {card.logRefs.length > 0 && (
        <Fact name={fields.entries}>
          {card.logRefs.map(({ ref, taskId }) => (
            <span key={ref}>{link(logAddress(ref), taskId ?? ref)} </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Source({ card }: { readonly card: CardView }): ReactElement {
  if (card.feedback.length === 0) return <>{visibleText(card.source?.replaceAll("`", "") ?? "")}</>;
  return (
    <>
      {card.feedback.map((id) => (
        <span key={id}>{link(feedbackAddress(id), id)} </span>
      ))}
    </>
  );
}

function link(href: string, text: string): ReactElement {
  return (
    <Link className="text-link mono" href={href}>
      <bdi>{visibleText(text)}</bdi>
    </Link>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
