import { type ReactElement, useEffect } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { ProjectInterview } from "../../agents/project-interview.tsx";
import { ProjectSteps } from "../../agents/project-steps.tsx";
import { projectWords as words } from "../../agents/project-words.ts";
import { projectAddress } from "../../platform/studio-address.ts";
import { Banner } from "../../ui/banner.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { useModelChoice } from "../use-model-choice.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { useProjects } from "./studio-resources.ts";

/** A project from its first questions to its fourth approval. */
export function ProjectPage({ openSide, providers }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const id = parameters.get("id") ?? undefined;
  const projects = useProjects().value?.projects;
  const project = projects?.find((each) => (id === undefined ? !each.isOver : each.id === id));
  const { choice, picker } = useModelChoice(providers, "agents", undefined);
  const title = id !== undefined && project ? project.name : words.title;
  useEffect(() => {
    document.title = `${title} · Folio`;
  }, [title]);
  return (
    <>
      <PageBar openSide={openSide} title={<bdi>{visibleText(title)}</bdi>} path={<bdi dir="ltr">.codex/</bdi>} />
      {id === undefined && project && !project.isOver && (
        <Banner level="decision" icon="list" title={words.underWay} detail={<bdi>{visibleText(project.name)}</bdi>}>
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
              navigate(projectAddress(started));
            }}
          />
        ) : (
          <ProjectSteps key={id} id={id} choice={choice} picker={picker} />
        )}
      </section>
    </>
  );
}
