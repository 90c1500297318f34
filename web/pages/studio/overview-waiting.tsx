import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { documentAddress, proposalAddress } from "../../platform/studio-address.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { Section } from "../../ui/section.tsx";
import { useWaiting, type WaitingItem } from "./use-waiting.ts";
import { words } from "./words.ts";

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

interface WaitingWords {
  readonly key: string;
  readonly title: ReactNode;
  readonly note: string;
  readonly act: string;
  readonly href: string;
}

function wordsOf(item: WaitingItem): WaitingWords {
  switch (item.kind) {
    case "run": {
      const { run } = item;
      return {
        key: run.id,
        title: (
          <>
            <bdi dir="ltr">{visibleText(fileName(run.target))}</bdi>, {words.changeBy}{" "}
            <bdi>{visibleText(run.agent)}</bdi>
          </>
        ),
        note: words.lines(run.added ?? 0, run.removed ?? 0, run.goal),
        act: words.reviewAct,
        href: documentAddress(run.target, { run: run.id }),
      };
    }
    case "rewritten":
      return {
        key: "rewritten",
        title: words.logRewritten,
        note: words.rewrittenNote(item.changed, item.lost),
        act: words.show,
        href: "/studio/log?open=history",
      };
    case "repair":
      return {
        key: "repair",
        title: words.logNeedsRepair(item.problems),
        note: words.pendingNote(item.pending),
        act: words.show,
        href: "/studio/log",
      };
    case "duplicates": {
      const [card, other] = item.cards;
      return {
        key: `${card.id} ${other.id}`,
        title: words.sameProposal,
        note: words.pair(card.title, other.title),
        act: words.compare,
        href: proposalAddress(card.id),
      };
    }
  }
}

/** What does not go on by itself. The first of them has the page's ink. */
export function OverviewWaiting(): ReactElement | null {
  const items = useWaiting().map(wordsOf);
  if (items.length === 0) return null;
  return (
    <Section
      className="overview-waiting"
      title={words.waitingForYou}
      note={<span className="badge badge-marker numbers">{items.length}</span>}
    >
      <ul className="plain-list">
        {items.map((item, index) => (
          <li key={item.key} className="waiting-row">
            <div className="waiting-words">
              <p className="waiting-title">{typeof item.title === "string" ? visibleText(item.title) : item.title}</p>
              <p className="waiting-note">
                <bdi>{visibleText(item.note)}</bdi>
              </p>
            </div>
            <Link className={index === 0 ? "button button-main" : "button"} href={item.href}>
              {item.act}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
