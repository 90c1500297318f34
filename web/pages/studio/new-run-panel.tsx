import type { ReactElement } from "react";
import { useLocation } from "wouter";
import { type RunWish, StartRunForm } from "../../agents/start-run-form.tsx";
import { startWords } from "../../agents/start-run-words.ts";
import { problemWords } from "../../platform/api.ts";
import { usePanelWidth } from "../../platform/panel-width.ts";
import { documentAddress, runAddress } from "../../platform/studio-address.ts";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { useModelChoice } from "../use-model-choice.tsx";
import { ChosenFeedback } from "./chosen-feedback.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { useDocuments, useRoster } from "./studio-resources.ts";

/** Who answers agents is remembered apart from who answers conversations. */
const choiceKey = "agents";

/** What an address asks for: `agent` or `run` names the agent, `path` its document; `proposal`, `feedback`, `goal`. */
export function wishOf(parameters: URLSearchParams): RunWish {
  const word = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const feedback = word("feedback")?.split(",");
  const agent = word("agent") ?? word("run");
  return {
    agent,
    goal: word("goal") ?? usualGoal(agent, feedback ?? [], word("proposal")),
    target: word("path"),
    proposal: word("proposal"),
    feedback,
    isScratch: parameters.has("scratch"),
  };
}

/** What an agent is asked for where nobody has said it yet. */
function usualGoal(agent: string | undefined, feedback: readonly string[], proposal: string | undefined) {
  if (feedback.length > 0) return startWords.feedbackGoal(feedback);
  if (proposal !== undefined) return startWords.proposalGoal(proposal);
  return agent === "planner" ? startWords.plannerGoal : undefined;
}

/** The form that asks an agent, beside a page; a started run is opened beside its document. */
export function NewRunPanel(props: {
  readonly wish: RunWish;
  readonly providers: StudioPageProps["providers"];
  readonly onClose: () => void;
}): ReactElement {
  const [, navigate] = useLocation();
  const [width, setWidth] = usePanelWidth();
  const { value: roster, problem, refresh } = useRoster();
  const documents = useDocuments().value?.documents.map(({ path }) => path) ?? [];
  const { feedback = [] } = props.wish;
  const { choice, picker } = useModelChoice(props.providers, choiceKey, undefined);
  return (
    <SidePanel
      label={startWords.title}
      head={<h2 className="page-bar-title">{startWords.title}</h2>}
      width={width}
      onResize={setWidth}
      onClose={props.onClose}
    >
      {!roster && problem !== undefined && <ProblemNote {...problemWords(problem)} retry={refresh} />}
      {roster && (
        <StartRunForm
          key={JSON.stringify(props.wish)}
          roster={roster}
          wish={props.wish}
          documents={documents}
          choice={choice}
          picker={picker}
          refresh={refresh}
          about={feedback.length > 0 && <ChosenFeedback ids={feedback} />}
          onStarted={(run, target) =>
            navigate(target === undefined || target.includes("*") ? runAddress(run) : documentAddress(target, { run }))
          }
        />
      )}
    </SidePanel>
  );
}
