import { type ReactElement, Suspense, useMemo, useRef, useState } from "react";
import type { PartView } from "../../shared/chat.ts";
import type { ChooseModel } from "../../shared/providers.ts";
import type { RosterView } from "../../shared/roster.ts";
import { againOfRun, agentCall } from "../agents/agent-call.ts";
import { runnableAgents } from "../agents/runnable-agents.ts";
import type { ConversationSlots } from "../chat/conversation-slots.ts";
import { byRoster } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { words } from "./words.ts";

const RunCard = lazyPart(() => import("../agents/run-card.tsx").then((module) => module.RunCard));

function runPart(part: PartView): ReactElement | undefined {
  if (part.type !== "run") return undefined;
  return (
    <Suspense fallback={<p className="plain-text">{part.text}</p>}>
      <RunCard part={part} />
    </Suspense>
  );
}

/** Agents in a conversation: whom `@` can call, how a call is sent, and how its run is drawn. */
export function useAgentCalls(
  choice: ChooseModel | undefined,
): Required<Pick<ConversationSlots, "mentions" | "wantMentions" | "callOf" | "againOf" | "part">> {
  const [isWanted, setWanted] = useState(false);
  const roster = useResource<RosterView>(isWanted ? "/roster" : undefined, byRoster).value;
  const [runIds] = useState(() => new Map<string, string>());
  const chosen = useRef(choice);
  chosen.current = choice;
  return useMemo(() => {
    const chosenModel = (): ChooseModel => {
      if (!chosen.current) throw new Error(words.noModel);
      return chosen.current;
    };
    return {
      mentions:
        roster &&
        runnableAgents(roster).map(({ key, role, goal }) => ({ key, about: (goal ?? role ?? "").replaceAll("`", "") })),
      wantMentions: () => setWanted(true),
      callOf: async (text, parent) => agentCall({ text, parent, choice: chosenModel(), runIds }),
      againOf: (message, conversationId) => againOfRun(message, conversationId, chosenModel),
      part: runPart,
    };
  }, [roster, runIds]);
}
