import "./models-page.css";
import { type ReactElement, useEffect } from "react";
import { useLocation } from "wouter";
import type { Session } from "../platform/session.ts";
import { SetUp } from "../providers/set-up.tsx";
import type { useProviders } from "../providers/use-providers.ts";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

/** The first visit, and later the place to change who answers. */
export function ModelsPage(props: {
  readonly session: Session;
  readonly providers: ReturnType<typeof useProviders>;
  /** Nobody was chosen yet and nothing was said: then it tells what Folio is. */
  readonly isFirstVisit: boolean;
}): ReactElement {
  const { session, providers, isFirstVisit } = props;
  const [, navigate] = useLocation();
  useEffect(() => {
    document.title = `${words.models} · Folio`;
  }, []);
  return (
    <div className="models-page" data-first-visit={isFirstVisit || undefined}>
      {isFirstVisit && (
        <aside className="models-side" aria-label="Folio">
          <p className="models-name">
            <Icon name="file" />
            Folio
          </p>
          <p className="models-opening">{words.opening}</p>
          <p className="models-promise">{words.nothingWritten}</p>
          <pre className="models-tree" dir="ltr">
            {session.workspace.folder}
            {`\n└─ conversations/${new Date().getFullYear()}/`}
            <b>*.chat.md</b>
          </pre>
          <p className="models-foot">{words.keysKept}</p>
        </aside>
      )}
      <main className="models-main">
        {!isFirstVisit && (
          <button type="button" className="button button-quiet models-back" onClick={() => navigate("/")}>
            <Icon name="chevronBack" />
            {words.back}
          </button>
        )}
        <SetUp
          view={providers.view}
          replace={providers.replace}
          refresh={providers.refresh}
          onChosen={() => navigate("/")}
        />
      </main>
    </div>
  );
}
