import type { ReactElement } from "react";
import { Link } from "wouter";
import type { MessageView } from "../../../shared/chat.ts";
import { Icon } from "../../ui/icons.tsx";
import { words } from "../words.ts";
import { messageText, useMessageActions } from "./message-actions.ts";

const generalFailure = {
  code: "interrupted",
  title: "The answer broke off.",
  detail: "What came is kept, here and in the file.",
};

/** Why an answer is not whole, what was kept, and the two ways on. */
export function FailureCard(props: { readonly message: MessageView; readonly canAct: boolean }): ReactElement {
  const { message, canAct } = props;
  const { askAgain, continueFrom } = useMessageActions();
  const failure = message.failure ?? generalFailure;
  // What a filter ended it would end again.
  const canContinue = messageText(message).length > 0 && failure.code !== "content-filter";
  return (
    <div className="failure-card" role="group" aria-label={failure.title}>
      <Icon name="warning" />
      <div>
        <p className="failure-title" dir="auto">
          {failure.title}
        </p>
        {failure.detail && (
          <p className="failure-detail" dir="auto">
            {failure.detail}
          </p>
        )}
        {canAct && (
          <div className="failure-acts">
            {canContinue && (
              <button type="button" className="button button-main" onClick={() => continueFrom(message)}>
                <Icon name="play" size={14} />
                {words.continueFromHere}
              </button>
            )}
            <button
              type="button"
              className={canContinue ? "button" : "button button-main"}
              onClick={() => askAgain(message)}
            >
              <Icon name="again" size={14} />
              {words.askAgain}
            </button>
            {failure.code === "bad-key" && (
              <Link className="button" href="/settings/models">
                <Icon name="key" size={14} />
                {words.modelsAndKeys}
              </Link>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
