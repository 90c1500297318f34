import { type ReactElement, useEffect } from "react";
import { Proposals } from "../../proposals/proposals.tsx";
import { Chain } from "./chain.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { words } from "./words.ts";

export function ProposalsPage({ openSide }: StudioPageProps): ReactElement {
  useEffect(() => {
    document.title = `${words.proposals} · Folio`;
  }, []);
  return <Proposals openSide={openSide} chain={(id) => <Chain start={{ proposal: id }} />} />;
}
