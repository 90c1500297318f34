import "./feedback-list.css";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { FeedbackInvalidView, FeedbackView } from "../../shared/feedback.ts";
import { conversationAddress, documentAddress } from "../platform/studio-address.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { marginTime } from "../ui/time-words.ts";
import { reasonWords, feedbackWords as words } from "./feedback-words.ts";

/** Where the thing that it is about is on the page. */
function addressOf({ target }: FeedbackView): string | undefined {
  if (target === undefined) return undefined;
  if ("conversation" in target) return conversationAddress(target.conversation, target.message);
  return documentAddress(target.document, { part: "history" });
}

/** What it is about, by name: the conversation's title, or the document's file. */
function subjectOf({ target, title }: FeedbackView): string | undefined {
  if (target === undefined) return undefined;
  if ("document" in target) return target.document.slice(target.document.lastIndexOf("/") + 1);
  return title ?? words.goneConversation;
}

function Invalid({ item }: { readonly item: FeedbackInvalidView }): ReactElement {
  return (
    <li className="feedback-row">
      <Icon name="warning" />
      <div className="feedback-said">
        <p className="feedback-problem">
          {words.invalidLine(item.line)}: {item.reason}
        </p>
        <pre className="feedback-raw" dir="auto">
          {visibleText(item.raw)}
        </pre>
      </div>
      <span />
    </li>
  );
}

function hasWords({ reasons, text, better }: FeedbackView): boolean {
  return reasons.length > 0 || text !== undefined || better !== undefined;
}

function Row(props: {
  readonly item: FeedbackView;
  readonly isWanted: boolean;
  readonly acts: ReactNode;
  readonly choice: ReactNode;
}): ReactElement {
  const { item, isWanted, acts, choice } = props;
  const address = addressOf(item);
  const subject = subjectOf(item);
  const at = new Date(item.at);
  return (
    <li
      className="feedback-row"
      data-state={item.isPast === true ? "past" : "current"}
      {...(isWanted ? { "data-target": "" } : {})}
    >
      {item.rating === undefined ? (
        <Icon name="warning" />
      ) : (
        <Icon name={item.rating === "up" ? "thumbUp" : "thumbDown"} />
      )}
      <div className="feedback-said">
        {subject !== undefined && (
          <p className="feedback-subject" dir="auto">
            {address === undefined || item.title === undefined ? (
              visibleText(subject)
            ) : (
              <Link href={address}>{visibleText(subject)}</Link>
            )}
          </p>
        )}
        {item.rating !== undefined && (
          <p className={hasWords(item) ? "hidden-text" : "feedback-better"}>
            {words.ratings.get(item.rating) ?? item.rating}
          </p>
        )}
        {item.reasons.length > 0 && (
          <p className="feedback-reasons">{visibleText(item.reasons.map(reasonWords).join(", "))}</p>
        )}
        {item.text !== undefined && <p dir="auto">{visibleText(item.text)}</p>}
        {item.better !== undefined && (
          <p className="feedback-better" dir="auto">
            {words.betterWas} {visibleText(item.better)}
          </p>
        )}
        {item.problems.map((problem) => (
          <p key={problem} className="feedback-problem">
            {visibleText(problem)}
          </p>
        ))}
        <div className="feedback-meta">
          {item.model !== undefined && <bdi>{visibleText(item.model)}</bdi>}
          {item.isPast === true && <span>{words.past}</span>}
          {address !== undefined && (
            <Link href={address}>
              {item.target && "conversation" in item.target ? words.openConversation : words.openDocument}
            </Link>
          )}
          {acts}
          <code>{item.id}</code>
        </div>
        {choice}
      </div>
      <time className="feedback-when numbers" dateTime={item.at}>
        {marginTime(at, new Date())}
      </time>
    </li>
  );
}

/** What was said, as given (newest first); lines that cannot be read stand among them. */
export function FeedbackList(props: {
  readonly items: readonly (FeedbackView | FeedbackInvalidView)[];
  readonly wantedId?: string | undefined;
  /** Further acts of one piece of feedback. */
  readonly acts?: (item: FeedbackView) => ReactNode;
  /** Which of them are chosen for something; drawn last. */
  readonly choice?: (item: FeedbackView) => ReactNode;
}): ReactElement {
  return (
    <ul className="feedback-list">
      {props.items.map((item) =>
        item.kind === "invalid" ? (
          <Invalid key={`line-${item.line}`} item={item} />
        ) : (
          <Row
            key={`${item.id} ${item.at}`}
            item={item}
            isWanted={item.id === props.wantedId}
            acts={props.acts?.(item)}
            choice={props.choice?.(item)}
          />
        ),
      )}
    </ul>
  );
}
