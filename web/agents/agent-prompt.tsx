import { type ReactElement, useMemo, useState } from "react";
import { Link } from "wouter";
import { promptForAgent } from "../../shared/codex-format/defaults/default-prompts.ts";
import type { AgentView } from "../../shared/roster.ts";
import { problemWords } from "../platform/api.ts";
import { documentAddress } from "../platform/studio-address.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { useToast } from "../ui/toasts.tsx";
import { makeDocument } from "./agents-api.ts";
import { rosterWords as words } from "./roster-words.ts";

/** Where an agent's prompt is; of one that has no file, the prompt that is made from its record. */
export function AgentPrompt(props: { readonly agent: AgentView; readonly refresh: () => void }): ReactElement {
  const { path, exists } = props.agent.prompt;
  if (!exists) return <GeneratedPrompt {...props} />;
  return (
    <Link className="text-link mono" href={documentAddress(path)}>
      <bdi dir="ltr">{visibleText(path)}</bdi>
    </Link>
  );
}

/** The prompt of an agent that has no prompt file: what a run is given now, and the click that makes the file of it. */
function GeneratedPrompt(props: { readonly agent: AgentView; readonly refresh: () => void }): ReactElement {
  const { agent } = props;
  const show = useToast();
  const [isBusy, setBusy] = useState(false);
  const text = useMemo(() => promptForAgent(agent), [agent]);
  const { path } = agent.prompt;
  const make = (): void => {
    if (isBusy) return;
    setBusy(true);
    makeDocument(path, text)
      .then(
        () => show({ text: words.madePrompt(path) }),
        (thrown: unknown) => {
          const { title, detail = "" } = problemWords(thrown);
          show({ text: title, detail, icon: "warning" });
        },
      )
      .finally(() => {
        setBusy(false);
        props.refresh();
      });
  };
  return (
    <>
      <bdi className="mono" dir="ltr">
        {visibleText(path)}
      </bdi>
      <details className="input-part">
        <summary>
          <span className="input-part-name">{words.promptMissing}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <pre className="agent-record" dir="auto" tabIndex={0}>
          {visibleText(text)}
        </pre>
        <button type="button" className="button" aria-disabled={isBusy} onClick={make}>
          {words.makePrompt}
        </button>
      </details>
    </>
  );
}
