import type { ReactElement } from "react";
import type { DocumentSummary } from "../../shared/documents.ts";
import type { AgentView, RosterView } from "../../shared/roster.ts";
import { problemWords } from "../platform/api.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { AgentSettingsSection } from "./agent-settings-section.tsx";
import { RosterList } from "./roster-list.tsx";
import { RosterOffer } from "./roster-offer.tsx";

/** The agents, what to do where there is no roster, and what holds for every run. */
export function Roster(props: {
  readonly roster: RosterView | undefined;
  readonly problem: unknown;
  readonly documents: readonly DocumentSummary[];
  readonly refresh: () => void;
  readonly part: "agents" | "limits";
  readonly addressOf: (agent: AgentView) => string;
  readonly runAddressOf: (agent: AgentView) => string;
}): ReactElement | null {
  const { roster, documents } = props;
  if (!roster) {
    return props.problem === undefined ? null : <ProblemNote {...problemWords(props.problem)} retry={props.refresh} />;
  }
  const able = [...roster.agents, ...roster.offered].filter(({ cannotRun }) => cannotRun === undefined);
  if (props.part === "limits") return <AgentSettingsSection agents={able} documents={documents} />;
  return (
    <>
      <RosterOffer roster={roster} refresh={props.refresh} />
      <RosterList roster={roster} addressOf={props.addressOf} runAddressOf={props.runAddressOf} />
    </>
  );
}
