import "./agents.css";
import "./roster.css";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentView, RosterView } from "../../shared/roster.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { Section } from "../ui/section.tsx";
import { fileName } from "./file-name.ts";
import { rosterWords as words } from "./roster-words.ts";

function AgentRow(props: {
  readonly agent: AgentView;
  readonly address: string;
  readonly runAddress: string;
}): ReactElement {
  const { agent } = props;
  const text = (agent.goal ?? agent.role ?? "").replaceAll("`", "");
  return (
    <li className="roster-row">
      <div className="roster-names">
        <Link className="roster-key" href={props.address}>
          <bdi>{visibleText(agent.key)}</bdi>
        </Link>
        {agent.role !== undefined && <bdi className="agent-note">{visibleText(agent.role)}</bdi>}
      </div>
      <p className="roster-goal" dir={directionOf(text)}>
        {visibleText(text)}
      </p>
      <bdi className="roster-writes mono" dir="ltr">
        {agent.writes !== undefined && visibleText(fileName(agent.writes))}
      </bdi>
      <span className="roster-state">
        {agent.isBuiltIn && <span className="badge badge-line">{words.builtIn}</span>}
        {agent.isDuplicate && <span className="badge badge-bad">{words.duplicate}</span>}
        {agent.problems.length > 0 && <span className="badge badge-bad numbers">{agent.problems.length}</span>}
        {agent.cannotRun !== undefined && !agent.isBuiltIn && !agent.isDuplicate && (
          <span className="badge badge-line" title={agent.cannotRun}>
            {words.cannotRun}
          </span>
        )}
        {agent.cannotRun === undefined && (
          <Link className="button roster-run" href={props.runAddress} aria-label={`${words.run} ${agent.key}`}>
            {words.run}
          </Link>
        )}
      </span>
    </li>
  );
}

function Agents(props: {
  readonly title: string;
  readonly note?: string;
  readonly agents: readonly AgentView[];
  readonly addressOf: (agent: AgentView) => string;
  readonly runAddressOf: (agent: AgentView) => string;
}): ReactElement {
  return (
    <Section title={props.title} {...(props.note === undefined ? {} : { note: props.note })}>
      <ul className="roster-list">
        {props.agents.map((agent, index) => (
          <AgentRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a file may hold the same key twice
            key={`${agent.key} ${index}`}
            agent={agent}
            address={props.addressOf(agent)}
            runAddress={props.runAddressOf(agent)}
          />
        ))}
      </ul>
    </Section>
  );
}

/** Who there is: the roster's agents, the offered ones, and what could not be read or belongs to others. */
export function RosterList(props: {
  readonly roster: RosterView;
  readonly addressOf: (agent: AgentView) => string;
  readonly runAddressOf: (agent: AgentView) => string;
}): ReactElement {
  const { roster, addressOf, runAddressOf } = props;
  const { agents, offered, invalid, seenInLog, codexAgents } = roster;
  return (
    <div className="roster">
      {agents.length > 0 && (
        <Agents title={words.agents} agents={agents} addressOf={addressOf} runAddressOf={runAddressOf} />
      )}
      {offered.length > 0 && (
        <Agents title={words.offered} agents={offered} addressOf={addressOf} runAddressOf={runAddressOf} />
      )}
      {invalid.length > 0 && (
        <Section title={words.invalid}>
          <ul className="roster-list">
            {invalid.map(({ raw, reason, line }) => (
              <li key={line} className="roster-invalid">
                <p>
                  <span className="numbers">{words.line(line)}</span>: {visibleText(reason)}
                </p>
                <pre dir="auto">{visibleText(raw.slice(0, 2000))}</pre>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {seenInLog.length > 0 && (
        <Section title={words.seen}>
          <p className="roster-words">
            {seenInLog.map((name) => (
              <bdi key={name} className="badge badge-line">
                {visibleText(name)}
              </bdi>
            ))}
          </p>
        </Section>
      )}
      {codexAgents.length > 0 && (
        <Section title={words.codex} note={words.codexNote}>
          <ul className="roster-list">
            {codexAgents.map(({ path, name, description }) => (
              <li key={path} className="roster-row">
                <div className="roster-names">
                  <Link className="roster-key" href={documentAddress(path)}>
                    <bdi>{visibleText(name)}</bdi>
                  </Link>
                </div>
                <p className="roster-goal" dir={directionOf(description)}>
                  {visibleText(description)}
                </p>
                <bdi className="roster-writes mono" dir="ltr">
                  {visibleText(fileName(path))}
                </bdi>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
