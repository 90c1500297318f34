import type { ReactNode } from "react";
import type { Session } from "../../platform/session.ts";
import type { useProviders } from "../../providers/use-providers.ts";

/** What every page of the studio gets. */
export interface StudioPageProps {
  readonly session: Session;
  readonly providers: ReturnType<typeof useProviders>;
  /** The button that brings the side bar; the first thing in the page's bar. */
  readonly openSide: ReactNode;
}
