import "./connection-page.css";
import { type ReactElement, useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { askPlainly } from "../platform/api.ts";
import { checkConnection, type Finding } from "../platform/self-test.ts";
import { Icon, type IconName } from "../ui/icons.tsx";
import { measuredWords, connectionWords as words } from "./connection-words.ts";

const checks: readonly Finding["check"][] = ["answer", "stream", "headers", "body", "quiet"];

/** The words in back-ticks are settings to be copied. */
function Remedy({ text }: { readonly text: string }): ReactElement {
  const pieces = text.split("`");
  return (
    <p className="connection-remedy">
      {pieces.map((piece, index) => (index % 2 === 1 ? <code key={piece}>{piece}</code> : piece))}
    </p>
  );
}

function Row(props: {
  readonly check: Finding["check"];
  readonly finding: Finding | undefined;
  readonly isNow: boolean;
}): ReactElement {
  const { check, finding, isNow } = props;
  const notYet = isNow ? words.looking : words.waiting;
  const state = finding?.fault === undefined ? "good" : "bad";
  const icon: IconName = finding?.fault === undefined ? "check" : "warning";
  return (
    <li className="connection-row" data-state={finding && state}>
      {finding ? <Icon name={icon} /> : <span />}
      <span className="connection-name">{words.names[check]}</span>
      <span className="connection-outcome">{finding ? measuredWords(finding) : notYet}</span>
      {finding?.fault !== undefined && <Remedy text={words.faults[finding.fault]} />}
    </li>
  );
}

/** What a proxy in between does wrong, by name, and how it is set right. */
export function ConnectionPage(): ReactElement {
  const [, navigate] = useLocation();
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [isRunning, setRunning] = useState(false);
  const running = useRef<AbortController>(undefined);
  const start = useCallback(async (): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setFindings([]);
    setRunning(true);
    try {
      for await (const finding of checkConnection(askPlainly, () => performance.now(), controller.signal)) {
        if (controller.signal.aborted) return;
        setFindings((before) => [...before, finding]);
      }
    } catch {
      // Only a stop throws; what was found until then stays.
    } finally {
      if (running.current === controller) setRunning(false);
    }
  }, []);
  useEffect(() => {
    document.title = `${words.title} · Folio`;
    void start();
    return () => running.current?.abort();
  }, [start]);
  const now = checks[checks.findIndex((check) => check === findings.at(-1)?.check) + 1];
  const isOver = !isRunning && findings.length > 0;
  return (
    <main className="connection-page">
      <button type="button" className="button button-quiet" onClick={() => navigate("/")}>
        <Icon name="chevronBack" />
        {words.back}
      </button>
      <div className="connection-body">
        <h1 className="connection-title">{words.title}</h1>
        <p className="connection-text">{words.text}</p>
        <ul className="connection-list" aria-live="polite">
          {checks.map((check) => (
            <Row
              key={check}
              check={check}
              finding={findings.find((finding) => finding.check === check)}
              isNow={isRunning && check === now}
            />
          ))}
        </ul>
        {isOver && findings.length === checks.length && findings.every(({ fault }) => fault === undefined) && (
          <p className="connection-text">{words.allWell}</p>
        )}
        {isRunning ? (
          <button type="button" className="button" onClick={() => running.current?.abort()}>
            {words.stop}
          </button>
        ) : (
          <button type="button" className="button button-main" onClick={() => void start()}>
            {findings.length > 0 ? words.again : words.start}
          </button>
        )}
      </div>
    </main>
  );
}
