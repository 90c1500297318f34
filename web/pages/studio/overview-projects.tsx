import type { ReactElement } from "react";
import { Link } from "wouter";
import type { ProjectView } from "../../../shared/agents.ts";
import { projectWords as words } from "../../agents/project-words.ts";
import { projectAddress } from "../../platform/studio-address.ts";
import { directionOf } from "../../ui/direction.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { Section } from "../../ui/section.tsx";
import { clockOrDay } from "../../ui/time-words.ts";
import { useProjects } from "./studio-resources.ts";
import { words as studioWords } from "./words.ts";

const shownProjects = 5;
const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

interface Standing {
  readonly words: string;
  readonly tone: string;
  /** The document that it stands at. */
  readonly file?: string;
}

/** How far a project is, and whether it waits for somebody. */
function standingOf({ steps, isOver, isBeginning }: ProjectView): Standing {
  const step = steps.find(({ status }) => status !== "written");
  if (!step) return { words: words.isSetUp, tone: "badge-good" };
  if (isOver) return { words: words.isEnded, tone: "badge-line" };
  const file = fileName(step.target);
  if (step.status === "waiting") return { words: studioWords.waits, tone: "badge-marker", file };
  if (step.status === "running" || isBeginning) return { words: studioWords.running, tone: "badge-dashed", file };
  if (step.status === "planned") return { words: words.canGoOn, tone: "badge-marker", file };
  return { words: step.status, tone: "badge-bad", file };
}

function ProjectRow({ project }: { readonly project: ProjectView }): ReactElement {
  const { id, name, steps, started } = project;
  const standing = standingOf(project);
  const written = steps.filter(({ status }) => status === "written").length;
  return (
    <li className="project-row">
      <Link className="row-cover project-row-name" href={projectAddress(id)} dir={directionOf(name)}>
        {name}
      </Link>
      <span className="project-row-steps" aria-hidden="true">
        {steps.map(({ target, status }) => (
          <span key={target} data-status={status} />
        ))}
      </span>
      <span className="project-row-note numbers">{words.stepsOf(written, steps.length)}</span>
      <span className="project-row-state">
        {standing.file !== undefined && <bdi dir="ltr">{visibleText(standing.file)}</bdi>}
        <span className={`badge ${standing.tone}`}>{standing.words}</span>
      </span>
      <time className="run-fact numbers" dateTime={started}>
        {clockOrDay(new Date(started), new Date())}
      </time>
    </li>
  );
}

/** Projects with how far they are; nothing where there is none. */
export function OverviewProjects(): ReactElement | null {
  const projects = useProjects().value?.projects ?? [];
  if (projects.length === 0) return null;
  return (
    <Section title={words.projects} note={studioWords.newestFirst}>
      <ul className="plain-list">
        {projects.slice(0, shownProjects).map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
    </Section>
  );
}
