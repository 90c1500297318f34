import { type ReactElement, useEffect, useState } from "react";
import type { AgentRunView, AgentSettings, RunInputFile } from "../../shared/agents.ts";
import { useResource } from "../platform/use-resource.tsx";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { moneyWords } from "../ui/number-words.ts";
import { clockOrDay, durationWords } from "../ui/time-words.ts";
import { settingsPath } from "./agents-api.ts";
import { runWords as words } from "./agents-words.ts";
import { fileName } from "./file-name.ts";
import { goalLine } from "./goal-line.ts";
import { RunBadge } from "./run-badge.tsx";

const tickMs = 1000;
/** A goal that is longer is folded. */
const longGoal = 220;
const lettersAToken = 4;

/** How long it has run, in ms; of one that is over, how long it took. */
export function useElapsed(run: Pick<AgentRunView, "status" | "started" | "usage">): number {
  const isRunning = run.status === "running";
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isRunning ? Math.max(0, now - Date.parse(run.started)) : run.usage.ms;
}

function Facts({ run, text }: { readonly run: AgentRunView; readonly text: string }): ReactElement {
  const { usage } = run;
  const elapsed = useElapsed(run);
  const currency = useResource<AgentSettings>(usage.cost === undefined ? undefined : settingsPath).value?.currency;
  const counted = (usage.in ?? 0) + (usage.out ?? 0);
  const isRunning = run.status === "running";
  const facts = [
    clockOrDay(new Date(run.started), new Date()),
    durationWords(elapsed),
    ...(counted > 0 ? [words.tokens(counted)] : []),
    ...(counted === 0 && isRunning && text !== "" ? [words.tokensSoFar(Math.ceil(text.length / lettersAToken))] : []),
    ...(usage.cost === undefined ? [] : [moneyWords(usage.cost, currency ?? "")]),
  ];
  return <p className="agent-run-facts numbers">{facts.join(" · ")}</p>;
}

function Goal({ goal }: { readonly goal: string }): ReactElement {
  const isLong = goal.length > longGoal || goal.split("\n").length > 3;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="agent-run-goal">
      <p dir={directionOf(goal)} data-folded={isLong && !isOpen ? "" : undefined}>
        {isLong && !isOpen ? goalLine(goal) : goal}
      </p>
      {isLong && (
        <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.goalLess : words.goalMore}
        </button>
      )}
    </div>
  );
}

/** What was there before, first; the answer was made from it. */
function filesOf({ change, input }: AgentRunView): readonly RunInputFile[] {
  if (!change || input.files.some(({ path }) => path === change.path)) return input.files;
  const target = { path: change.path, size: 0, ...(change.base === null ? {} : { sha256: change.base }) };
  return [target, ...input.files];
}

function FileChip({ file }: { readonly file: RunInputFile }): ReactElement {
  const { path, sha256, isRefused = false } = file;
  return (
    <li className="input-chip" title={isRefused ? `${path}, ${words.notGiven}` : path}>
      <bdi dir="ltr">{visibleText(fileName(path))}</bdi>{" "}
      {isRefused ? (
        <small className="agent-bad">{words.refusedFile}</small>
      ) : (
        <small className={sha256 === undefined ? "" : "mono"}>
          {sha256 === undefined ? words.notThere : `${sha256.slice(0, 4)}…`}
        </small>
      )}
    </li>
  );
}

/** Who was asked what, how far it is, what it cost, and what it was given. */
export function RunHead(props: {
  readonly run: AgentRunView;
  readonly text: string;
  readonly isInputShown: boolean;
  readonly toggleInput: () => void;
  /** The level of the name's heading. */
  readonly level?: 2 | 3;
}): ReactElement {
  const { run, isInputShown } = props;
  const Heading = props.level === 3 ? "h3" : "h2";
  const { logEntries, conversation, prompt } = run.input;
  return (
    <div className="agent-run-head">
      <div className="agent-run-line">
        <Heading className="agent-run-name">
          <bdi>{visibleText(run.agent)}</bdi>
        </Heading>
        <RunBadge status={run.status} isScratch={run.isScratch} />
        {run.isScratch && <span className="badge badge-dashed">{words.scratch}</span>}
        {run.acceptedByRule && <span className="badge badge-line">{words.byRule}</span>}
        <Facts run={run} text={props.text} />
      </div>
      <Goal goal={run.goal} />
      <ul className="input-chips">
        {filesOf(run).map((file) => (
          <FileChip key={file.path} file={file} />
        ))}
        {logEntries.length > 0 && <li className="input-chip">{words.lastEntries(logEntries.length)}</li>}
        {conversation && <li className="input-chip">{words.conversation(conversation.messages)}</li>}
        {prompt.path !== undefined && (
          <li className="input-chip" title={prompt.path}>
            <bdi dir="ltr">{visibleText(fileName(prompt.path))}</bdi>{" "}
            <small className="mono">{prompt.sha256.slice(0, 4)}…</small>
          </li>
        )}
        <li>
          <button type="button" className="link-button" aria-expanded={isInputShown} onClick={props.toggleInput}>
            {isInputShown ? words.hideInput : words.wholeInput}
          </button>
        </li>
      </ul>
    </div>
  );
}
