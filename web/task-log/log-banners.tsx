import { type ReactElement, useState } from "react";
import type { TaskLogView } from "../../shared/task-log.ts";
import { Banner } from "../ui/banner.tsx";
import { LogRepair } from "./log-repair.tsx";
import { words } from "./words.ts";

/** What is to be known of the whole log: rewritten, broken, of another form, not alone. */
export function LogBanners(props: {
  readonly log: TaskLogView;
  readonly showHistory: () => void;
  readonly acknowledge: () => void;
  readonly refresh: () => void;
}): ReactElement {
  const { log } = props;
  const [isRepairing, setRepairing] = useState(false);
  const { lost = [], changed = [], inserted = [], state } = log.history;
  const isBroken = log.append === "pending";
  const { pending } = log.counts;
  return (
    <>
      {state === "rewritten" && (
        <Banner
          level="decision"
          icon="list"
          title={words.rewritten}
          detail={`${words.rewrittenCounts(changed.length, lost.length, inserted.length)}.`}
        >
          <button type="button" className="button" onClick={props.showHistory}>
            {words.show}
          </button>
          <button type="button" className="button" onClick={props.acknowledge}>
            {words.acknowledge}
          </button>
        </Banner>
      )}
      {isBroken && (
        <Banner
          level="decision"
          icon="tool"
          title={words.needsRepair(log.problems.length + log.counts.invalid)}
          detail={pending > 0 ? `${words.nothingAppended} ${words.pending(pending)}` : words.nothingAppended}
        >
          <button type="button" className="button" onClick={() => setRepairing(true)}>
            {words.showThem}
          </button>
        </Banner>
      )}
      {log.level > 0 && !isBroken && (
        <Banner
          level="state"
          icon="file"
          title={words.levels[log.level as 1 | 2 | 3 | 4].title}
          detail={words.levels[log.level as 1 | 2 | 3 | 4].detail}
        />
      )}
      {log.others.length > 0 && <Banner level="state" icon="copy" title="" detail={words.others(log.others)} />}
      {isRepairing && log.revision !== undefined && (
        <LogRepair
          log={log}
          revision={log.revision}
          onClose={() => setRepairing(false)}
          onRepaired={() => {
            setRepairing(false);
            props.refresh();
          }}
        />
      )}
    </>
  );
}
