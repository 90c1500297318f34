import type { ReactElement } from "react";
import { PageBar } from "../../ui/page-bar.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { words } from "./words.ts";

export function RosterPage({ openSide }: StudioPageProps): ReactElement {
  return <PageBar openSide={openSide} title={words.roster} />;
}
