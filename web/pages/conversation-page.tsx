import { type ReactElement, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { Conversation } from "../chat/conversation.tsx";
import { type ConversationSlots, ConversationSlotsProvider } from "../chat/conversation-slots.ts";
import { GrowingProvider } from "../chat/growing-message.ts";
import { useConversation } from "../chat/use-conversation.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import type { useProviders } from "../providers/use-providers.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { PageState } from "./page-state.tsx";
import { useAgentCalls } from "./use-agent-calls.tsx";
import { useModelChoice } from "./use-model-choice.tsx";
import { usePrdFromConversation } from "./use-prd-from-conversation.tsx";
import { words } from "./words.ts";

const FeedbackActs = lazyPart(
  () => import("../feedback/feedback-acts.tsx").then((module) => module.FeedbackActs),
  () => null,
);
const waitShownAfterMs = 300;

function Opening({ openSide }: { readonly openSide: ReactNode }): ReactElement {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), waitShownAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <div className="page-bar">{openSide}</div>
      <p className="conversation-wait" role="status">
        {isShown ? words.loading : ""}
      </p>
    </>
  );
}

export function ConversationPage(props: {
  readonly id: string;
  readonly providers: ReturnType<typeof useProviders>;
  readonly openSide: ReactNode;
}): ReactElement {
  const { id, providers, openSide } = props;
  const [, navigate] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get("message") ?? undefined;
  const { state, growing, refresh, loadEarlier } = useConversation(id);
  const messages = state.status === "ready" ? state.transcript.view.messages : [];
  const lastModel = messages.findLast((message) => message.model !== undefined)?.model;
  const { choice, isKnown, picker } = useModelChoice(providers, id, lastModel);
  const calls = useAgentCalls(choice);
  const menu = usePrdFromConversation({ id, messages, calls });
  const slots = useMemo<ConversationSlots>(
    () => ({
      ...calls,
      menu,
      acts: (message) =>
        message.status === "streaming" ? null : (
          <Suspense fallback={null}>
            <FeedbackActs target={{ conversation: id, message: message.id }} />
          </Suspense>
        ),
    }),
    [id, calls, menu],
  );
  const goHome = (): void => navigate("/");
  if (state.status === "loading") return <Opening openSide={openSide} />;
  if (state.status === "ready") {
    return (
      <GrowingProvider value={growing}>
        <ConversationSlotsProvider value={slots}>
          <Conversation
            transcript={state.transcript}
            refresh={refresh}
            loadEarlier={loadEarlier}
            wanted={wanted}
            choice={choice}
            isChoiceKnown={isKnown}
            picker={picker}
            openSide={openSide}
            onRemoved={goHome}
          />
        </ConversationSlotsProvider>
      </GrowingProvider>
    );
  }
  const isMissing = state.status === "failed" && problemCode(state.problem) === "not-found";
  const failure = state.status === "failed" ? problemWords(state.problem) : undefined;
  return (
    <>
      <div className="page-bar">{openSide}</div>
      {state.status === "removed" && <PageState title={words.removedTitle} text={words.removedText} />}
      {isMissing && (
        <PageState title={words.notFoundTitle} text={words.notFoundText}>
          <button type="button" className="button button-main" onClick={goHome}>
            {words.newConversation}
          </button>
        </PageState>
      )}
      {failure && !isMissing && (
        <PageState title={words.failedTitle} text={`${failure.title} ${failure.detail ?? ""}`}>
          <button type="button" className="button button-main" onClick={refresh}>
            {words.tryAgain}
          </button>
        </PageState>
      )}
    </>
  );
}
