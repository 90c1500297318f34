import "./agents.css";
import "./run-input.css";
import { type ReactElement, type ReactNode, useState } from "react";
import type { RunInputFile, RunReplay } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { useResource } from "../platform/use-resource.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { inputPath, replayRun, type WholeInput } from "./agents-api.ts";
import { runWords as words } from "./agents-words.ts";

const shownLetters = 100_000;

/** One part of the input: its name and digest in the line, its text folded. */
function Part(props: {
  readonly name: ReactNode;
  readonly note?: string | undefined;
  readonly text: string;
}): ReactElement {
  return (
    <details className="input-part">
      <summary>
        <span className="input-part-name">{props.name}</span>
        {props.note !== undefined && <span className="input-part-note mono">{props.note}</span>}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <pre dir="auto" tabIndex={0}>
        {visibleText(props.text.slice(0, shownLetters))}
      </pre>
    </details>
  );
}

function fileNote({ sha256, size, isCut, isRefused }: RunInputFile): string {
  if (isRefused) return words.notGiven;
  if (sha256 === undefined) return words.notThere;
  return `${short(sha256)} · ${words.bytes(size)}${isCut ? ` · ${words.cut}` : ""}`;
}

const short = (sha256: string): string => `${sha256.slice(0, 16)}…`;

function Replay({ id }: { readonly id: string }): ReactElement {
  const [state, setState] = useState<{
    readonly isBusy?: boolean;
    readonly replay?: RunReplay;
    readonly problem?: unknown;
  }>({});
  const { isBusy = false, replay, problem } = state;
  const start = (): void => {
    setState({ isBusy: true });
    replayRun(id).then(
      (answer) => setState({ replay: answer }),
      (thrown: unknown) => setState({ problem: thrown }),
    );
  };
  return (
    <div className="input-replay">
      <button type="button" className="button" aria-disabled={isBusy} onClick={() => !isBusy && start()}>
        {isBusy ? words.replaying : words.replay}
      </button>
      <div role="status">
        {!replay && problem === undefined && <p>{words.replayNote}</p>}
        {problem !== undefined && <p className="agent-bad">{problemWords(problem).title}</p>}
        {replay?.problem !== undefined && <p className="agent-bad">{replay.problem}</p>}
        {replay && replay.problem === undefined && <p>{replay.isIdentical ? words.identical : words.different}</p>}
        {replay && replay.differences.length > 0 && (
          <ul>
            {replay.differences.map((difference) => (
              <li key={difference}>{visibleText(difference)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Everything that the model was given, with its digests, and the way to ask it the same once more. */
export function RunInput(props: { readonly id: string; readonly canReplay: boolean }): ReactElement {
  const { value, problem, refresh } = useResource<WholeInput>(inputPath(props.id));
  if (!value && problem !== undefined) return <ProblemNote {...problemWords(problem)} retry={refresh} />;
  if (!value) return <p role="status">{words.opening}</p>;
  return (
    <section className="input-whole" aria-label={words.inputTitle}>
      <h3>{words.inputTitle}</h3>
      <p className="agent-note">{words.inputNote}</p>
      <dl className="input-facts">
        <dt>{words.digest}</dt>
        <dd className="mono">{value.sha256}</dd>
        <dt>{words.limits}</dt>
        <dd>{words.limitsOf(value.limits.outputTokens, value.limits.seconds)}</dd>
      </dl>
      {value.files.map((file) => (
        <Part
          key={file.path}
          name={<bdi dir="ltr">{visibleText(file.path)}</bdi>}
          note={fileNote(file)}
          text={file.text}
        />
      ))}
      <Part
        name={<bdi dir="ltr">{visibleText(value.prompt.path ?? words.generatedPrompt)}</bdi>}
        note={short(value.prompt.sha256)}
        text={value.prompt.text}
      />
      {value.template && (
        <Part
          name={<bdi dir="ltr">{visibleText(value.template.path)}</bdi>}
          note={value.template.sha256 && short(value.template.sha256)}
          text={value.template.text}
        />
      )}
      {value.logEntries.length > 0 && (
        <Part
          name={words.lastEntries(value.logEntries.length)}
          text={value.logEntries.map(({ raw }) => raw).join("\n")}
        />
      )}
      <Part name={words.messagesSent} text={value.messages.map(({ role, text }) => `${role}:\n${text}`).join("\n\n")} />
      {props.canReplay && <Replay id={props.id} />}
    </section>
  );
}
