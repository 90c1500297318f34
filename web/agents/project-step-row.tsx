import type { ReactElement } from "react";
import { Link } from "wouter";
import type { ProjectView } from "../../shared/agents.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { fileName } from "./file-name.ts";
import { projectWords as words } from "./project-words.ts";
import { RunBadge } from "./run-badge.tsx";

export type ProjectStep = ProjectView["steps"][number];

/** A step of a project: its document, and how far it is. */
export function ProjectStepRow({
  step,
  isCurrent,
}: {
  readonly step: ProjectStep;
  readonly isCurrent: boolean;
}): ReactElement {
  const name = <bdi dir="ltr">{visibleText(fileName(step.target))}</bdi>;
  return (
    <li className="project-step" data-status={step.status} aria-current={isCurrent ? "step" : undefined}>
      <span className="project-mark">{step.status === "written" && <Icon name="check" size={14} />}</span>
      <span className="project-step-name">
        {step.status === "written" ? <Link href={documentAddress(step.target)}>{name}</Link> : name}
      </span>
      {step.status === "planned" ? (
        <span className="agent-note">{words.planned}</span>
      ) : (
        <RunBadge status={step.status} />
      )}
      {step.runId !== undefined && !isCurrent && (
        <Link className="text-link project-step-run" href={runAddress(step.runId)}>
          <bdi>{visibleText(step.agent)}</bdi>
        </Link>
      )}
      {step.rejection !== undefined && (
        <q className="project-step-why" dir="auto">
          {visibleText(step.rejection)}
        </q>
      )}
    </li>
  );
}
