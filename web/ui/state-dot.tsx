import type { ReactElement } from "react";

/** Solid: on disk as shown. Ring: not yet. Warning: something is at risk. The word is read aloud, or shown with `isSaid`. */
export function StateDot(props: { readonly state: "solid" | "ring" | "bad"; readonly label: string }): ReactElement {
  return <span className={`dot dot-${props.state}`} role="img" aria-label={props.label} title={props.label} />;
}
