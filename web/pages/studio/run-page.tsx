import type { ReactElement } from "react";
import { PageBar } from "../../ui/page-bar.tsx";
import type { StudioPageProps } from "./studio-page.ts";

export function RunPage({ id, openSide }: StudioPageProps & { readonly id: string }): ReactElement {
  return <PageBar openSide={openSide} title={id} />;
}
