import { type ReactElement, useEffect } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { AgentView, RosterView } from "../../../shared/roster.ts";
import { AddAgentPanel } from "../../agents/add-agent-panel.tsx";
import { AgentPanel } from "../../agents/agent-panel.tsx";
import { FieldChoices } from "../../agents/field-choices.tsx";
import { Roster } from "../../agents/roster.tsx";
import { rosterWords as words } from "../../agents/roster-words.ts";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { NewRunPanel, wishOf } from "./new-run-panel.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { useDocuments, useRoster } from "./studio-resources.ts";

const home = "/studio/roster";
const agentAddress = ({ key }: AgentView): string => `${home}?agent=${encodeURIComponent(key)}`;
const runAddressOf = ({ key }: AgentView): string => `${home}?run=${encodeURIComponent(key)}`;

/** Who works here: the agents, what they may do, and what holds for every run. */
export function RosterPage({ openSide, providers }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const { value: roster, problem, refresh } = useRoster();
  const documents = useDocuments().value?.documents ?? [];
  useEffect(() => {
    document.title = `${words.title} · Folio`;
  }, []);
  const wanted = parameters.get("agent");
  const all = [...(roster?.agents ?? []), ...(roster?.offered ?? [])];
  const agent = all.find(({ key }) => key === wanted);
  const canAdd = roster?.kind === "roster" || roster?.kind === "none";
  const part = parameters.has("limits") ? "limits" : "agents";
  const close = (): void => navigate(home);
  return (
    <>
      <PageBar openSide={openSide} title={words.title} path={roster && <RosterPath roster={roster} />}>
        {canAdd && (
          <button type="button" className="button" onClick={() => navigate(`${home}?add`)}>
            <Icon name="plus" />
            <span className="act-words">{words.add}</span>
          </button>
        )}
      </PageBar>
      <div className="page-columns">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <section className="page-content" aria-label={words.title} tabIndex={0}>
          <Tabs
            label={words.parts}
            look="line"
            tabs={[
              { label: words.agents, href: home, isChosen: part === "agents" },
              { label: words.limits, href: `${home}?limits`, isChosen: part === "limits" },
            ]}
          />
          <Roster
            roster={roster}
            problem={problem}
            documents={documents}
            refresh={refresh}
            part={part}
            addressOf={agentAddress}
            runAddressOf={runAddressOf}
          />
        </section>
        {parameters.has("run") && <NewRunPanel wish={wishOf(parameters)} providers={providers} onClose={close} />}
        <FieldChoices
          documents={documents.map(({ path }) => path)}
          agents={all.map(({ key }) => key)}
          models={[...new Set(providers.view?.providers.flatMap(({ models }) => models))]}
        />
        {roster && parameters.has("add") && (
          <AddAgentPanel
            roster={roster}
            refresh={refresh}
            onAdded={(key) => navigate(`${home}?agent=${key}`)}
            onClose={close}
          />
        )}
        {roster && agent && !parameters.has("run") && (
          <AgentPanel
            key={agent.key}
            roster={roster}
            agent={agent}
            refresh={refresh}
            runAddress={runAddressOf(agent)}
            onClose={close}
          />
        )}
      </div>
    </>
  );
}

function RosterPath({ roster }: { readonly roster: RosterView }): ReactElement {
  return (
    <span>
      <bdi dir="ltr">{visibleText(roster.path)}</bdi>
      {roster.agents.length > 0 && ` · ${words.count(roster.agents.length)}`}
    </span>
  );
}
