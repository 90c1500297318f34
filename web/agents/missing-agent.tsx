import "./roster.css";
import type { ReactElement } from "react";
import type { RosterView } from "../../shared/roster.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { useToast } from "../ui/toasts.tsx";
import { rosterWords as words } from "./roster-words.ts";
import { runnableAgents } from "./runnable-agents.ts";
import { useRosterChange } from "./use-roster-change.ts";

/** Why the agent that is asked for cannot run, and the one click that puts a usual one into the roster. */
export function MissingAgent(props: {
  readonly roster: RosterView;
  readonly agent: string | undefined;
  readonly refresh: () => void;
}): ReactElement | null {
  const { roster, agent: key } = props;
  const change = useRosterChange(roster, props.refresh);
  const show = useToast();
  if (key === undefined || runnableAgents(roster).some((agent) => agent.key === key)) return null;
  const known = roster.agents.find((agent) => agent.key === key);
  const usual = roster.missing.find((agent) => agent.key === key);
  const add = async (): Promise<void> => {
    if (change.isBusy) return;
    if (await change.make({ type: "add-offered", key })) show({ text: words.added(key), detail: roster.path });
  };
  return (
    <div className="roster-missing" role="status">
      <p className="roster-missing-title">{known === undefined ? words.notInRoster(key) : words.cannotRunNow(key)}</p>
      {known?.cannotRun !== undefined && <p>{visibleText(known.cannotRun)}</p>}
      {known === undefined && usual === undefined && <p>{words.chooseOther}</p>}
      {usual !== undefined && (
        <>
          <p>{words.oneRecord(roster.path)}</p>
          <button type="button" className="button button-main" aria-disabled={change.isBusy} onClick={() => void add()}>
            {change.isBusy ? words.adding : words.addUsual(key)}
          </button>
        </>
      )}
      {change.problem !== undefined && (
        <p className="agent-bad" role="alert">
          {change.problem}
        </p>
      )}
    </div>
  );
}
