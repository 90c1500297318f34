import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { AgentRunSummary } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { runAddress } from "../platform/studio-address.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { durationWords } from "../ui/time-words.ts";
import { useToast } from "../ui/toasts.tsx";
import { stopAgentRun } from "./agents-api.ts";
import { runWords } from "./agents-words.ts";
import { fileName } from "./file-name.ts";
import { useElapsed } from "./run-head.tsx";

/** A run that is at work: dashed, because nothing of it is on disk. */
export function LiveRunRow({ run }: { readonly run: AgentRunSummary }): ReactElement {
  const elapsed = useElapsed(run);
  const show = useToast();
  const [isStopping, setStopping] = useState(false);
  const stop = (): void => {
    setStopping(true);
    stopAgentRun(run.id).catch((thrown: unknown) => {
      setStopping(false);
      show({ text: problemWords(thrown).title, icon: "warning" });
    });
  };
  return (
    <li className="agents-live">
      <span className="agents-live-ring" />
      <div className="agents-live-words">
        <p className="agents-goal" dir={directionOf(run.goal)}>
          <Link className="agents-name" href={runAddress(run.id)}>
            <bdi>{visibleText(run.agent)}</bdi>
          </Link>{" "}
          {run.goal}
        </p>
        <p className="agent-note">
          {runWords.willWrite}{" "}
          <bdi className="mono" dir="ltr">
            {visibleText(fileName(run.target))}
          </bdi>{" "}
          {runWords.afterYes}
        </p>
      </div>
      <span className="agents-fact numbers">{durationWords(elapsed)}</span>
      <button type="button" className="button" aria-disabled={isStopping} onClick={() => !isStopping && stop()}>
        <Icon name="stop" />
        {isStopping ? runWords.stopping : runWords.stop}
      </button>
    </li>
  );
}
