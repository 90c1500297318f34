import "./agents.css";
import "./start-run-form.css";
import "./roster.css";
import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import type { AgentView, RosterView } from "../../shared/roster.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { Dialog } from "../ui/dialog.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useToast } from "../ui/toasts.tsx";
import { AgentFields } from "./agent-fields.tsx";
import { AgentPrompt } from "./agent-prompt.tsx";
import { rosterWords as words } from "./roster-words.ts";
import { type RosterChange, useRosterChange } from "./use-roster-change.ts";

function RemoveAct(props: {
  readonly agent: AgentView;
  readonly change: RosterChange;
  readonly onRemoved: () => void;
}): ReactElement {
  const { agent, change } = props;
  const [isAsking, setAsking] = useState(false);
  const show = useToast();
  const remove = async (): Promise<void> => {
    setAsking(false);
    if (!(await change.make({ type: "remove", key: agent.key }))) return;
    show({ text: words.removed(agent.key), icon: "trash" });
    props.onRemoved();
  };
  return (
    <>
      <button type="button" className="button button-harm agent-act-end" onClick={() => setAsking(true)}>
        {words.remove}
      </button>
      {isAsking && (
        <Dialog
          title={words.removeTitle(agent.key)}
          onClose={() => setAsking(false)}
          acts={
            <>
              <button type="button" className="button" onClick={() => setAsking(false)}>
                {words.keep}
              </button>
              <button type="button" className="button button-harm" onClick={() => void remove()}>
                {words.removeDo}
              </button>
            </>
          }
        >
          <p>{words.removeText}</p>
        </Dialog>
      )}
    </>
  );
}

/** One agent beside the roster: its record, changed field by field, and the ways to run it. */
export function AgentPanel(props: {
  readonly roster: RosterView;
  readonly agent: AgentView;
  readonly refresh: () => void;
  readonly runAddress: string;
  readonly onClose: () => void;
}): ReactElement {
  const { roster, agent, onClose } = props;
  const [width, setWidth] = usePanelWidth();
  const [, navigate] = useLocation();
  const change = useRosterChange(roster, props.refresh);
  const canChange = roster.kind === "roster" && roster.agents.includes(agent) && !agent.isDuplicate;
  return (
    <SidePanel
      label={agent.key}
      head={
        <h2 className="page-bar-title">
          <bdi>{visibleText(agent.key)}</bdi>
        </h2>
      }
      foot={
        <>
          {agent.cannotRun === undefined && (
            <>
              <button type="button" className="button button-main" onClick={() => navigate(props.runAddress)}>
                {words.run}
              </button>
              <button type="button" className="button" onClick={() => navigate(`${props.runAddress}&scratch`)}>
                {words.tryIt}
              </button>
            </>
          )}
          {canChange && <RemoveAct agent={agent} change={change} onRemoved={onClose} />}
        </>
      }
      width={width}
      onResize={setWidth}
      onClose={onClose}
    >
      {agent.cannotRun !== undefined && <p className="agent-cannot">{visibleText(agent.cannotRun)}</p>}
      {agent.problems.length > 0 && (
        <ul className="agent-problems" aria-label={words.problems}>
          {agent.problems.map((problem) => (
            <li key={problem}>{visibleText(problem)}</li>
          ))}
        </ul>
      )}
      <AgentFields key={agent.key} agent={agent} change={canChange ? change : undefined} />
      <dl className="agent-fields">
        <div className="agent-field">
          <dt>{words.prompt}</dt>
          <dd>
            <AgentPrompt agent={agent} refresh={props.refresh} />
          </dd>
        </div>
      </dl>
      <details className="input-part agent-record-fold">
        <summary>
          <span className="input-part-name">{words.record}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <pre className="agent-record" dir="auto" tabIndex={0}>
          {visibleText(agent.raw)}
        </pre>
      </details>
    </SidePanel>
  );
}
