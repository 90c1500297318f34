import "./new-conversation-page.css";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { createConversation } from "../chat/chat-api.ts";
import { Composer, type ComposerHandle } from "../chat/composer/composer.tsx";
import { ConversationSlotsProvider } from "../chat/conversation-slots.ts";
import { ConnectionLost } from "../platform/api.ts";
import { useStreamStatus } from "../platform/event-stream-context.tsx";
import type { Session } from "../platform/session.ts";
import type { useProviders } from "../providers/use-providers.ts";
import { FirstSteps } from "./first-steps.tsx";
import { useAgentCalls } from "./use-agent-calls.tsx";
import { useModelChoice } from "./use-model-choice.tsx";
import { words } from "./words.ts";

export function NewConversationPage(props: {
  readonly session: Session;
  readonly providers: ReturnType<typeof useProviders>;
  readonly openSide: ReactNode;
}): ReactElement {
  const [, navigate] = useLocation();
  const { choice, isKnown, picker } = useModelChoice(props.providers, "new", undefined);
  const calls = useAgentCalls(choice);
  const isOffline = useStreamStatus() === "lost";
  const composer = useRef<ComposerHandle>(null);
  const guide = props.providers.view?.providers.find(({ kind }) => kind === "guide");
  useEffect(() => {
    document.title = `${words.newTitle} · Folio`;
  }, []);
  return (
    <>
      <header className="page-bar">
        {props.openSide}
        <h1 className="new-title">{words.newTitle}</h1>
      </header>
      <div className="new-area">
        <div className="new-words">
          <p className="new-sentence">{words.newSentence}</p>
          <p className="new-text">
            {words.newText}{" "}
            <code dir="ltr">{`${props.session.workspace.folder}/conversations/${new Date().getFullYear()}/`}</code>
          </p>
        </div>
      </div>
      <ConversationSlotsProvider value={calls}>
        <Composer
          ref={composer}
          draftKey="new"
          isOffline={isOffline}
          stop={undefined}
          picker={picker}
          refusal={choice || !isKnown ? undefined : words.noModel}
          send={async (message) => {
            const { text, messageId, conversationId } = message;
            if (!isKnown) throw new ConnectionLost("The models are not known yet.");
            if (!choice) throw new Error(words.noModel);
            const call = await calls.callOf(text, "root");
            if (call) await call(message);
            else await createConversation({ id: conversationId, messageId, text, ...choice });
            navigate(`/c/${conversationId}`);
          }}
        />
      </ConversationSlotsProvider>
      <div className="new-area new-below">
        {choice && (
          <div className="new-words">
            <FirstSteps isGuide={choice.providerId === guide?.id} ask={(text) => composer.current?.send(text)} />
          </div>
        )}
      </div>
    </>
  );
}
