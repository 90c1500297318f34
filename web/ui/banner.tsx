import "./banner.css";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";

/** Across the page, until it is true no more. `danger`: data at risk; `decision`: a person decides; `state`: so it is. */
export function Banner(props: {
  readonly level: "danger" | "decision" | "state";
  readonly title: string;
  readonly detail?: ReactNode;
  readonly icon?: IconName;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <div className={`banner banner-${props.level}`} role="status">
      <Icon name={props.icon ?? "warning"} />
      <p className="banner-words">
        <strong>{props.title}</strong> {props.detail}
      </p>
      {props.children !== undefined && <div className="banner-acts">{props.children}</div>}
    </div>
  );
}
