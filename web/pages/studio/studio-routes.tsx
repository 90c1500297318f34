import { type ReactElement, Suspense } from "react";
import { Link, Route, Switch } from "wouter";
import { usePathname } from "wouter/use-browser-location";
import { documentOfAddress } from "../../platform/studio-address.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { PageState } from "../page-state.tsx";
import { words } from "../words.ts";
import type { StudioPageProps } from "./studio-page.ts";
import { words as studioWords } from "./words.ts";

const OverviewPage = lazyPart(() => import("./overview-page.tsx").then((module) => module.OverviewPage));
const DocumentPage = lazyPart(() => import("./document-page.tsx").then((module) => module.DocumentPage));
const ProposalsPage = lazyPart(() => import("./proposals-page.tsx").then((module) => module.ProposalsPage));
const LogPage = lazyPart(() => import("./log-page.tsx").then((module) => module.LogPage));
const RunsPage = lazyPart(() => import("./runs-page.tsx").then((module) => module.RunsPage));
const RunPage = lazyPart(() => import("./run-page.tsx").then((module) => module.RunPage));
const ProjectPage = lazyPart(() => import("./project-page.tsx").then((module) => module.ProjectPage));
const FeedbackPage = lazyPart(() => import("./feedback-page.tsx").then((module) => module.FeedbackPage));
const RosterPage = lazyPart(() => import("./roster-page.tsx").then((module) => module.RosterPage));

/** Everything below `/studio`. */
export function StudioRoutes(props: StudioPageProps): ReactElement {
  const documentPath = documentOfAddress(usePathname());
  return (
    <Suspense fallback={<div className="page-bar">{props.openSide}</div>}>
      <Switch>
        <Route path="/studio">
          <OverviewPage {...props} />
        </Route>
        {documentPath !== undefined && (
          <Route path="/studio/documents/*">
            <DocumentPage key={documentPath} path={documentPath} {...props} />
          </Route>
        )}
        <Route path="/studio/proposals">
          <ProposalsPage {...props} />
        </Route>
        <Route path="/studio/log">
          <LogPage {...props} />
        </Route>
        <Route path="/studio/runs">
          <RunsPage {...props} />
        </Route>
        <Route path="/studio/runs/:id">{({ id }) => <RunPage key={id} id={id} {...props} />}</Route>
        <Route path="/studio/project">
          <ProjectPage {...props} />
        </Route>
        <Route path="/studio/feedback">
          <FeedbackPage {...props} />
        </Route>
        <Route path="/studio/roster">
          <RosterPage {...props} />
        </Route>
        <Route>
          <div className="page-bar">{props.openSide}</div>
          <PageState title={words.notFoundTitle}>
            <Link className="button button-main" href="/studio">
              {studioWords.overview}
            </Link>
          </PageState>
        </Route>
      </Switch>
    </Suspense>
  );
}
