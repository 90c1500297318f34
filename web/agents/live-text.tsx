import "./agents.css";
import "./run-review.css";
import type { ReactElement } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { Markdown } from "../ui/markdown/markdown.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { runWords as words } from "./agents-words.ts";
import { fileName } from "./file-name.ts";

/** The text while it comes: dashed, because nothing of it is on disk. */
export function LiveText(props: {
  readonly run: AgentRunView;
  readonly text: string;
  readonly attempt: number | undefined;
}): ReactElement {
  const { run, text, attempt } = props;
  return (
    <div className="agent-live" aria-busy="true">
      {attempt !== undefined && <p className="agent-note">{words.retrying(attempt)}</p>}
      {text === "" ? (
        <p className="agent-note">{words.nothingYet}</p>
      ) : (
        <Markdown text={text} variant="document" streaming />
      )}
      <p className="agent-note">
        {words.willWrite}{" "}
        <bdi className="mono" dir="ltr">
          {visibleText(fileName(run.target))}
        </bdi>{" "}
        {words.afterYes}
      </p>
    </div>
  );
}
