import { type ReactElement, useState } from "react";
import type { TaskLogView } from "../../shared/task-log.ts";
import { problemWords } from "../platform/api.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useToast } from "../ui/toasts.tsx";
import type { LogPanel as OpenPanel } from "./log-address.ts";
import { restoreLogEntries } from "./log-api.ts";
import { LogEntryDetails, LogEntryHead, LogEntryProblem, useLogEntry } from "./log-entry-panel.tsx";
import { LogHistory } from "./log-history.tsx";
import { NewEntryForm } from "./new-entry-form.tsx";
import { words } from "./words.ts";

interface LogPanelProps {
  readonly log: TaskLogView;
  readonly panel: OpenPanel;
  readonly isDocument: (path: string) => boolean;
  readonly addressOf: (ref: string) => string;
  readonly open: (panel: OpenPanel | undefined) => void;
  readonly acknowledge: () => void;
  readonly refresh: () => void;
}

/** What is open beside the log: an entry, what was rewritten, or the form of a new entry. */
export function LogPanel(props: LogPanelProps): ReactElement {
  const [width, setWidth] = usePanelWidth();
  const frame = { width, onResize: setWidth, onClose: () => props.open(undefined) };
  if (props.panel.kind === "entry") return <EntryPanel {...props} entryRef={props.panel.ref} frame={frame} />;
  if (props.panel.kind === "history") return <HistoryPanel {...props} frame={frame} />;
  return <NewEntryPanel {...props} frame={frame} />;
}

type Framed = LogPanelProps & {
  readonly frame: {
    readonly width: number;
    readonly onResize: (width: number) => void;
    readonly onClose: () => void;
  };
};

function Title({ text }: { readonly text: string }): ReactElement {
  return <h2 className="log-entry-title">{text}</h2>;
}

function EntryPanel(props: Framed & { readonly entryRef: string }): ReactElement {
  const { value, problem, refresh } = useLogEntry(props.entryRef);
  return (
    <SidePanel
      {...props.frame}
      label={value?.taskId ?? words.taskLog}
      head={value ? <LogEntryHead entry={value} /> : <Title text={words.taskLog} />}
    >
      {!value && problem === undefined && <p role="status">{words.opening}</p>}
      {problem !== undefined && <LogEntryProblem problem={problem} retry={refresh} />}
      {value && problem === undefined && (
        <LogEntryDetails entry={value} isDocument={props.isDocument} addressOf={props.addressOf} />
      )}
    </SidePanel>
  );
}

function HistoryPanel(props: Framed): ReactElement {
  const { lost = [] } = props.log.history;
  const show = useToast();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const putBack = (): void => {
    setBusy(true);
    restoreLogEntries(lost.map(({ ref }) => ref))
      .then(
        ({ appended }) => {
          show({ text: words.putBackDone(appended) });
          props.refresh();
        },
        (thrown: unknown) => setFailure(thrown),
      )
      .finally(() => setBusy(false));
  };
  return (
    <SidePanel
      {...props.frame}
      label={words.rewritten}
      head={<Title text={words.rewritten} />}
      foot={
        <>
          {lost.length > 0 && (
            <button type="button" className="button button-main" disabled={isBusy} onClick={putBack}>
              {words.putBack(lost.length)}
            </button>
          )}
          <button type="button" className="button" onClick={props.acknowledge}>
            {words.acknowledge}
          </button>
        </>
      }
    >
      {failure !== undefined && <ProblemNote {...problemWords(failure)} />}
      <LogHistory history={props.log.history} />
    </SidePanel>
  );
}

function NewEntryPanel(props: Framed): ReactElement {
  const show = useToast();
  return (
    <SidePanel {...props.frame} label={words.form.title} head={<Title text={words.form.title} />}>
      <NewEntryForm
        agents={props.log.agents}
        onAppended={({ outcome, taskId, ref }) => {
          show({ text: outcome === "appended" ? words.form.written(taskId) : words.form.waits(taskId) });
          props.refresh();
          props.open(outcome === "appended" ? { kind: "entry", ref } : undefined);
        }}
      />
    </SidePanel>
  );
}
