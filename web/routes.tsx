import { type ReactElement, Suspense, useEffect, useRef } from "react";
import { Link, Route, Switch, useRoute } from "wouter";
import { AppShell } from "./pages/app-shell.tsx";
import { ConversationPage } from "./pages/conversation-page.tsx";
import { NewConversationPage } from "./pages/new-conversation-page.tsx";
import { PageState } from "./pages/page-state.tsx";
import { words } from "./pages/words.ts";
import type { Session } from "./platform/session.ts";
import { ResourcesProvider } from "./platform/use-resource.tsx";
import { useProviders } from "./providers/use-providers.ts";
import { lazyPart } from "./ui/lazy-part.tsx";

const loadModelsPage = () => import("./pages/models-page.tsx").then((module) => module.ModelsPage);
const ModelsPage = lazyPart(loadModelsPage);
const ConnectionPage = lazyPart(() => import("./pages/connection-page.tsx").then((module) => module.ConnectionPage));
const StudioRoutes = lazyPart(() => import("./pages/studio/studio-routes.tsx").then((module) => module.StudioRoutes));
const idleAfterMs = 2000;

/** Whether this was so at any time since the page was opened. */
function useEver(isSo: boolean): boolean {
  const was = useRef(isSo);
  was.current ||= isSo;
  return was.current;
}

export function Routes({ session }: { readonly session: Session }): ReactElement {
  const providers = useProviders();
  const [isModels] = useRoute("/settings/models");
  const [isConnection] = useRoute("/settings/connection");
  const [isHome] = useRoute("/");
  useEffect(() => {
    // Once all is quiet, so that the page is there at once when it is asked for.
    const timer = setTimeout(() => void loadModelsPage().catch(() => {}), idleAfterMs);
    return () => clearTimeout(timer);
  }, []);
  if (isConnection) {
    return (
      <Suspense fallback={null}>
        <ConnectionPage />
      </Suspense>
    );
  }
  const hasChosen = useEver(providers.view?.chosen !== undefined);
  const isFirstVisit = providers.view?.chosen === undefined && !hasChosen && !session.hasConversations;
  if (isModels || (isHome && isFirstVisit && providers.view !== undefined)) {
    return (
      <Suspense fallback={null}>
        <ModelsPage session={session} providers={providers} isFirstVisit={isFirstVisit} />
      </Suspense>
    );
  }
  return (
    <ResourcesProvider>
      <AppShell session={session}>
        {(openSide) => (
          <Switch>
            <Route path="/">
              <NewConversationPage session={session} providers={providers} openSide={openSide} />
            </Route>
            <Route path="/c/:id">
              {({ id }) => <ConversationPage key={id} id={id} providers={providers} openSide={openSide} />}
            </Route>
            <Route path="/studio/*?">
              <Suspense fallback={<div className="page-bar">{openSide}</div>}>
                <StudioRoutes session={session} providers={providers} openSide={openSide} />
              </Suspense>
            </Route>
            <Route>
              <div className="page-bar">{openSide}</div>
              <PageState title={words.notFoundTitle}>
                <Link className="button button-main" href="/">
                  {words.newConversation}
                </Link>
              </PageState>
            </Route>
          </Switch>
        )}
      </AppShell>
    </ResourcesProvider>
  );
}
