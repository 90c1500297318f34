import { lazy, type ReactElement, Suspense } from "react";
import { Route, Switch, useRoute } from "wouter";
import { AppShell } from "./pages/app-shell.tsx";
import { ConversationPage } from "./pages/conversation-page.tsx";
import { NewConversationPage } from "./pages/new-conversation-page.tsx";
import { PageState } from "./pages/page-state.tsx";
import { words } from "./pages/words.ts";
import type { Session } from "./platform/session.ts";
import { useProviders } from "./providers/use-providers.ts";

const ModelsPage = lazy(() => import("./pages/models-page.tsx").then((module) => ({ default: module.ModelsPage })));

export function Routes({ session }: { readonly session: Session }): ReactElement {
  const providers = useProviders();
  const [isModels] = useRoute("/settings/models");
  const [isHome] = useRoute("/");
  const isFirstVisit = providers.view !== undefined && providers.view.chosen === undefined;
  if (isModels || (isHome && isFirstVisit)) {
    return (
      <Suspense fallback={null}>
        <ModelsPage session={session} providers={providers} />
      </Suspense>
    );
  }
  return (
    <AppShell session={session}>
      {(openSide) => (
        <Switch>
          <Route path="/">
            <NewConversationPage session={session} providers={providers} openSide={openSide} />
          </Route>
          <Route path="/c/:id">
            {({ id }) => <ConversationPage key={id} id={id} providers={providers} openSide={openSide} />}
          </Route>
          <Route>
            <div className="page-bar">{openSide}</div>
            <PageState title={words.notFoundTitle} />
          </Route>
        </Switch>
      )}
    </AppShell>
  );
}
