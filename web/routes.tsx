import { type ReactElement, Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { Link, Route, Switch, useRoute } from "wouter";
import { AppShell } from "./pages/app-shell.tsx";
import { ConversationPage } from "./pages/conversation-page.tsx";
import { NewConversationPage } from "./pages/new-conversation-page.tsx";
import { PageState } from "./pages/page-state.tsx";
import { words } from "./pages/words.ts";
import { forgetOutline, removeOutline, replaceOutline } from "./platform/outline.ts";
import type { Session } from "./platform/session.ts";
import { ResourcesProvider } from "./platform/use-resource.tsx";
import { useProviders } from "./providers/use-providers.ts";
import { lazyPart } from "./ui/lazy-part.tsx";
import { preloadMarkdown } from "./ui/markdown-text.tsx";

const loadModelsPage = () => import("./pages/models-page.tsx").then((module) => module.ModelsPage);
const ModelsPage = lazyPart(loadModelsPage);
const ConnectionPage = lazyPart(() => import("./pages/connection-page.tsx").then((module) => module.ConnectionPage));
const StudioRoutes = lazyPart(() => import("./pages/studio/studio-routes.tsx").then((module) => module.StudioRoutes));
const idleAfterMs = 2000;
/** The composer is painted by then; the renderer is there before the first answer begins. */
const rendererAfterMs = 300;

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
  const hasChosen = useEver(providers.view?.chosen !== undefined);
  const isFirstVisit = providers.view?.chosen === undefined && !hasChosen && !session.hasConversations;
  const isSettingUp = isHome && isFirstVisit && providers.view !== undefined;
  const isAside = isModels || isConnection;
  useLayoutEffect(() => {
    if (isSettingUp) forgetOutline();
    else if (isAside) removeOutline();
    else replaceOutline();
  }, [isSettingUp, isAside]);
  useEffect(() => {
    const renderer = setTimeout(preloadMarkdown, rendererAfterMs);
    // Once all is quiet, so that the page is there at once when it is asked for.
    const models = setTimeout(() => void loadModelsPage().catch(() => {}), idleAfterMs);
    return () => {
      clearTimeout(renderer);
      clearTimeout(models);
    };
  }, []);
  if (isConnection) {
    return (
      <Suspense fallback={null}>
        <ConnectionPage />
      </Suspense>
    );
  }
  if (isModels || isSettingUp) {
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
