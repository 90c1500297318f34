import "./first-steps.css";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { newProjectAddress } from "../platform/studio-address.ts";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

/** What one may begin with: questions that the guide knows, or with a model the other ways to work. */
export function FirstSteps(props: { readonly isGuide: boolean; readonly ask: (text: string) => void }): ReactElement {
  if (props.isGuide) {
    return (
      <ul className="first-steps" aria-label={words.guideQuestions}>
        {words.guideAsks.map((question) => (
          <li key={question}>
            <button type="button" className="first-step" onClick={() => props.ask(question)}>
              {question}
              <Icon name="arrowUp" size={14} />
            </button>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="first-steps" aria-label={words.otherWays}>
      {[
        { href: newProjectAddress, ...words.startProject },
        { href: "/studio", ...words.lookAtStudio },
      ].map(({ href, title, text }) => (
        <li key={href}>
          <Link className="first-step" href={href}>
            <span>
              <b>{title}</b> <span className="first-step-text">{text}</span>
            </span>
            <Icon name="chevronNext" size={14} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
