import type { ReactElement } from "react";
import { PageBar } from "../../ui/page-bar.tsx";
import type { StudioPageProps } from "./studio-page.ts";

export function DocumentPage({ path, openSide }: StudioPageProps & { readonly path: string }): ReactElement {
  return <PageBar openSide={openSide} title={path} />;
}
