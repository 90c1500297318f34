import { type ReactElement, useEffect } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import type { ProjectView } from "../../../shared/agents.ts";
import { projectPath } from "../../agents/agents-api.ts";
import { ProjectInterview } from "../../agents/project-interview.tsx";
import { ProjectSteps } from "../../agents/project-steps.tsx";
import { projectWords as words } from "../../agents/project-words.ts";
import { readStored, writeStored } from "../../platform/stored.ts";
import { projectAddress } from "../../platform/studio-address.ts";
import { byRuns } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { Banner } from "../../ui/banner.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { useModelChoice } from "../use-model-choice.tsx";
import type { StudioPageProps } from "./studio-page.ts";

const lastKey = "folio.project";

/** A project from its first questions to its fourth approval. */
export function ProjectPage({ openSide, providers }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const id = parameters.get("id") ?? undefined;
  const last = id ?? readStored(lastKey);
  const project = useResource<ProjectView>(last === undefined ? undefined : projectPath(last), byRuns).value;
  const { choice, picker } = useModelChoice(providers, "agents", undefined);
  const title = id !== undefined && project ? project.name : words.title;
  useEffect(() => {
    document.title = `${title} · Folio`;
  }, [title]);
  return (
    <>
      <PageBar openSide={openSide} title={<bdi>{title}</bdi>} path={<bdi dir="ltr">.codex/</bdi>} />
      {id === undefined && project && !project.isOver && (
        <Banner level="decision" icon="list" title={words.underWay} detail={<bdi>{project.name}</bdi>}>
          <Link className="button" href={projectAddress(project.id)}>
            {words.goThere}
          </Link>
        </Banner>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <section className="page-content" aria-label={title} tabIndex={0}>
        {id === undefined ? (
          <ProjectInterview
            choice={choice}
            picker={picker}
            onStarted={(started) => {
              writeStored(lastKey, started);
              navigate(projectAddress(started));
            }}
          />
        ) : (
          <ProjectSteps key={id} id={id} choice={choice} />
        )}
      </section>
    </>
  );
}
