import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";

export interface SideRowProps {
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isOpen: boolean;
  readonly end?: ReactNode;
  readonly isNested?: boolean;
  readonly onChosen: () => void;
}

/** A part of the studio in the side bar. */
export function SideRow(props: SideRowProps): ReactElement {
  return (
    <li>
      <Link
        className={props.isNested ? "side-row side-row-nested" : "side-row"}
        href={props.href}
        aria-current={props.isOpen ? "page" : undefined}
        title={props.label}
        onClick={props.onChosen}
      >
        <Icon name={props.icon} />
        <span className="side-row-label">
          <bdi>{visibleText(props.label)}</bdi>
        </span>
        {props.end !== undefined && <bdi className="side-row-end numbers">{props.end}</bdi>}
      </Link>
    </li>
  );
}
