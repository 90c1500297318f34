import "./start-run-form.css";
import { type FormEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { ChooseModel } from "../../shared/providers.ts";
import type { AgentView, RosterView } from "../../shared/roster.ts";
import { ApiProblem, problemWords } from "../platform/api.ts";
import { runAddress } from "../platform/studio-address.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { startAgentRun } from "./agents-api.ts";
import { FormField } from "./form-field.tsx";
import { MissingAgent } from "./missing-agent.tsx";
import { newRunId } from "./new-run-id.ts";
import { runnableAgents, targetsOf } from "./runnable-agents.ts";
import { startWords as words } from "./start-run-words.ts";

/** What the form begins with. */
export interface RunWish {
  readonly agent?: string | undefined;
  readonly goal?: string | undefined;
  readonly target?: string | undefined;
  readonly proposal?: string | undefined;
  readonly feedback?: readonly string[] | undefined;
  readonly isScratch?: boolean | undefined;
}

interface StartRunFormProps {
  readonly roster: RosterView;
  readonly wish: RunWish;
  /** Documents that an agent can be given to read. */
  readonly documents: readonly string[];
  readonly choice: ChooseModel | undefined;
  readonly picker: ReactNode;
  readonly refresh: () => void;
  /** What the run is about, beside its goal. */
  readonly about?: ReactNode;
  readonly onStarted: (runId: string, target: string | undefined) => void;
}

/** The run that is at work on the same document already, where that is why none was started. */
function otherRun(problem: unknown): string | undefined {
  const id = problem instanceof ApiProblem ? problem.details.facts?.["runId"] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** An agent with one document needs no choice. */
function firstOf(targets: readonly string[]): string | undefined {
  return targets.length > 1 || targets[0]?.includes("*") ? targets[0] : undefined;
}

/** One agent, one goal, one model: asks it, and says where the run is. */
export function StartRunForm(props: StartRunFormProps): ReactElement {
  const { roster, wish, choice } = props;
  const agents = runnableAgents(roster);
  const [key, setKey] = useState(wish.agent ?? "");
  const [goal, setGoal] = useState(wish.goal ?? "");
  const agent = agents.find((each) => each.key === key);
  const targets = agent ? targetsOf(agent) : [];
  const [target, setTarget] = useState(wish.target);
  const [reads, setReads] = useState<readonly string[]>([]);
  const [isScratch, setScratch] = useState(wish.isScratch ?? false);
  const [isChecked, setChecked] = useState(false);
  const [state, setState] = useState<{ readonly isBusy?: boolean; readonly problem?: unknown }>({});
  // The same id on every try, so that asking twice starts once.
  const [id, setId] = useState(newRunId);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const isOffered = target !== undefined && (targets.includes(target) || targets.some((path) => path.includes("*")));
  const wanted = isOffered ? target : firstOf(targets);
  const start = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (!agent || goal.trim() === "" || !choice || state.isBusy) return;
    setState({ isBusy: true });
    const { proposal, feedback } = wish;
    startAgentRun({
      id,
      agent: agent.key,
      goal: goal.trim(),
      ...choice,
      ...(wanted === undefined ? {} : { target: wanted }),
      ...(reads.length > 0 ? { reads: [...reads] } : {}),
      ...(proposal === undefined ? {} : { proposal }),
      ...(feedback === undefined || feedback.length === 0 ? {} : { feedback: [...feedback] }),
      ...(isScratch ? { isScratch } : {}),
    }).then(
      ({ runId }) => props.onStarted(runId, isScratch ? undefined : (wanted ?? agent.writes)),
      (problem: unknown) => {
        setState({ problem });
        if (problem instanceof ApiProblem) setId(newRunId());
      },
    );
  };
  const other = otherRun(state.problem);
  return (
    <form className="agent-form" onSubmit={start} noValidate>
      {state.problem !== undefined && <ProblemNote {...problemWords(state.problem)} />}
      {other !== undefined && (
        <Link className="text-link" href={runAddress(other)}>
          {words.goTo}
        </Link>
      )}
      <MissingAgent roster={roster} agent={wish.agent} refresh={props.refresh} />
      {props.about}
      <AgentField agents={agents} agent={agent} choose={setKey} isMissing={isChecked && !agent} />
      {firstOf(targets) !== undefined && <TargetField targets={targets} value={wanted ?? ""} choose={setTarget} />}
      <FormField
        label={words.goal}
        hint={words.goalHint}
        problem={isChecked && goal.trim() === "" ? words.goalMissing : undefined}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            ref={field}
            className="input"
            dir="auto"
            rows={4}
            maxLength={20_000}
            value={goal}
            onChange={(event) => setGoal(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </FormField>
      <ReadsField documents={props.documents} agent={agent} reads={reads} change={setReads} />
      <label className="agent-form-check">
        <input type="checkbox" checked={isScratch} onChange={(event) => setScratch(event.currentTarget.checked)} />
        <span>
          {words.scratch}
          <small>{words.scratchHint}</small>
        </span>
      </label>
      <div className="agent-form-acts">
        <button type="submit" className="button button-main" aria-disabled={state.isBusy ?? false}>
          {state.isBusy ? words.starting : words.start}
        </button>
        {props.picker}
        {isChecked && !choice && <span className="agent-bad">{words.modelMissing}</span>}
      </div>
    </form>
  );
}

function AgentField(props: {
  readonly agents: readonly AgentView[];
  readonly agent: AgentView | undefined;
  readonly choose: (key: string) => void;
  readonly isMissing: boolean;
}): ReactElement {
  const { agents, agent } = props;
  const hint = agent?.writes === undefined ? words.agentHint : words.writes(agent.writes);
  return (
    <FormField
      label={words.agent}
      hint={agents.length === 0 ? words.noAgents : hint}
      problem={props.isMissing ? words.agentMissing : undefined}
    >
      {(attributes) => (
        <select
          {...attributes}
          className="input"
          value={agent?.key ?? ""}
          onChange={(event) => props.choose(event.currentTarget.value)}
        >
          <option value="" disabled>
            {words.choose}
          </option>
          {agents.map(({ key, role }) => (
            <option key={key} value={key}>
              {role === undefined ? key : `${key} · ${role}`}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}

function TargetField(props: {
  readonly targets: readonly string[];
  readonly value: string;
  readonly choose: (path: string) => void;
}): ReactElement {
  const pattern = props.targets.find((path) => path.includes("*"));
  return (
    <FormField label={words.target} hint={pattern === undefined ? words.targetHint : words.pattern(pattern)}>
      {(attributes) =>
        pattern === undefined ? (
          <select
            {...attributes}
            className="input mono"
            value={props.value}
            onChange={(event) => props.choose(event.currentTarget.value)}
          >
            {props.targets.map((path) => (
              <option key={path}>{path}</option>
            ))}
          </select>
        ) : (
          <input
            {...attributes}
            className="input mono"
            dir="ltr"
            value={props.value}
            onChange={(event) => props.choose(event.currentTarget.value)}
          />
        )
      }
    </FormField>
  );
}

function ReadsField(props: {
  readonly documents: readonly string[];
  readonly agent: AgentView | undefined;
  readonly reads: readonly string[];
  readonly change: (reads: readonly string[]) => void;
}): ReactElement | null {
  const { reads, agent } = props;
  const offered = props.documents.filter((path) => !agent?.reads.includes(path) && path !== agent?.writes);
  if (offered.length === 0) return null;
  return (
    <fieldset className="agent-form-field agent-fieldset">
      <legend className="agent-form-label">{words.reads}</legend>
      <div className="agent-form-reads">
        {offered.map((path) => (
          <label key={path}>
            <input
              type="checkbox"
              checked={reads.includes(path)}
              onChange={({ currentTarget: { checked } }) =>
                props.change(checked ? [...reads, path] : reads.filter((each) => each !== path))
              }
            />
            <bdi dir="ltr">{visibleText(path)}</bdi>
          </label>
        ))}
      </div>
      <p className="agent-form-hint">{words.readsHint}</p>
    </fieldset>
  );
}
