import "./run-card.css";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunStatus } from "../../shared/agents.ts";
import type { PartView } from "../../shared/chat.ts";
import { runAddress } from "../platform/studio-address.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { runWords as words } from "./agents-words.ts";
import { RunBadge } from "./run-badge.tsx";

/** What stands between back-ticks is a path or an id. */
function Said({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {text.split("`").map((piece, index) =>
        index % 2 === 0 ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
          <code key={index} dir="ltr">
            {visibleText(piece)}
          </code>
        ),
      )}
    </>
  );
}

/** What the conversation's own file says of a run that is over, or whose record is gone. */
export function ToldRun(props: {
  readonly part: PartView;
  readonly status: AgentRunStatus | undefined;
  readonly hasRecord: boolean;
}): ReactElement {
  const { name = "agent", run } = props.part.attributes ?? {};
  return (
    <div className="run-card" data-ended="">
      <div className="run-card-line">
        {props.status === "written" && <Icon name="check" />}
        <p className="run-card-words">
          <strong>
            <bdi>@{name}</bdi>
          </strong>{" "}
          <Said text={props.part.text} />
        </p>
        {props.status !== undefined && props.status !== "written" && <RunBadge status={props.status} />}
        {props.hasRecord && run !== undefined && (
          <Link className="text-link" href={runAddress(run)}>
            {words.openRun}
          </Link>
        )}
      </div>
    </div>
  );
}
