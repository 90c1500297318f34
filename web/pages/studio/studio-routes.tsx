import { type ComponentType, lazy, type ReactElement, Suspense } from "react";
import { Link, Route, Switch } from "wouter";
import { usePathname } from "wouter/use-browser-location";
import { documentOfAddress } from "../../platform/studio-address.ts";
import { PageState } from "../page-state.tsx";
import { words } from "../words.ts";
import type { StudioPageProps } from "./studio-page.ts";
import { words as studioWords } from "./words.ts";

/** One page, fetched when it is first opened. */
function page<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(() => load().then((component) => ({ default: component })));
}

const OverviewPage = page(() => import("./overview-page.tsx").then((module) => module.OverviewPage));
const DocumentPage = page(() => import("./document-page.tsx").then((module) => module.DocumentPage));
const ProposalsPage = page(() => import("./proposals-page.tsx").then((module) => module.ProposalsPage));
const LogPage = page(() => import("./log-page.tsx").then((module) => module.LogPage));
const RunsPage = page(() => import("./runs-page.tsx").then((module) => module.RunsPage));
const RunPage = page(() => import("./run-page.tsx").then((module) => module.RunPage));
const FeedbackPage = page(() => import("./feedback-page.tsx").then((module) => module.FeedbackPage));
const RosterPage = page(() => import("./roster-page.tsx").then((module) => module.RosterPage));

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
