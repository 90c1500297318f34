import "./progress-bar.css";
import type { ReactElement } from "react";

/** A bar of ink, 3 px: how much of `total` there is. `label` is what is read aloud; the numbers stand beside it. */
export function ProgressBar(props: {
  readonly value: number;
  readonly total: number;
  readonly label: string;
  readonly tone?: "ink" | "accent";
}): ReactElement {
  const { value, total } = props;
  const share = total > 0 ? Math.min(1, value / total) : 0;
  return (
    <div
      className="progress-bar"
      data-tone={props.tone ?? "ink"}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={value}
    >
      <span style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}
