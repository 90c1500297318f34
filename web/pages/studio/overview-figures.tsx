import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunsPage, AgentSettings } from "../../../shared/agents.ts";
import type { TaskLogView } from "../../../shared/task-log.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { BarChart } from "../../ui/bar-chart.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { moneyWords, shortCount } from "../../ui/number-words.ts";
import { openProposals } from "./open-proposals.ts";
import { useBoard, useNewestFeedback } from "./studio-resources.ts";
import { words } from "./words.ts";

function Figure(props: {
  readonly value: string;
  readonly name: string;
  readonly note: string;
  readonly href: string;
}): ReactElement {
  return (
    <Link className="figure" href={props.href}>
      <span className="figure-value numbers">{props.value}</span>
      <span className="figure-name">{props.name}</span>
      <span className="figure-note numbers">
        <bdi>{visibleText(props.note)}</bdi>
      </span>
    </Link>
  );
}

/** What this month cost; where no price is known, how many tokens it took. */
function MonthFigure({ page }: { readonly page: AgentRunsPage | undefined }): ReactElement {
  const month = page?.month ?? { runs: 0, tokens: 0 };
  const currency = useResource<AgentSettings>("cost" in month ? "/agents/settings" : undefined).value?.currency ?? "$";
  const tokens = words.tokens(shortCount(month.tokens));
  const runs = words.runCount(month.runs);
  if (month.cost === undefined) {
    return <Figure value={shortCount(month.tokens)} name={words.tokensThisMonth} note={runs} href="/studio/runs" />;
  }
  return (
    <Figure
      value={moneyWords(month.cost, currency)}
      name={words.thisMonth}
      note={`${tokens}, ${runs}`}
      href="/studio/runs"
    />
  );
}

/** Mondays are written as days of the year one lives in. */
const weekName = (monday: string): string =>
  new Date(`${monday}T12:00:00`).toLocaleDateString(undefined, { day: "numeric", month: "short" });

export function OverviewFigures(props: {
  readonly log: TaskLogView | undefined;
  readonly runs: AgentRunsPage | undefined;
}): ReactElement {
  const { log } = props;
  const board = useBoard().value;
  const feedback = useNewestFeedback().value;
  const counts = log?.counts;
  const proposed = (board?.lanes ?? []).flatMap((lane) => lane.cards).filter(({ status }) => status === "proposed");
  return (
    <div className="figures">
      <Figure
        value={(counts?.entries ?? 0).toLocaleString("en")}
        name={words.tasksLogged(counts?.entries ?? 0)}
        note={words.refusedAndFailed(counts?.refused ?? 0, counts?.failed ?? 0)}
        href="/studio/log"
      />
      <Figure
        value={String(board ? openProposals(board) : 0)}
        name={words.proposalsOpen(board ? openProposals(board) : 0)}
        note={words.toDecide(proposed.length)}
        href="/studio/proposals"
      />
      <Figure
        value={(feedback?.total ?? 0).toLocaleString("en")}
        name={words.feedbackReceived}
        note={words.upAndDown(feedback?.counts.up ?? 0, feedback?.counts.down ?? 0)}
        href="/studio/feedback"
      />
      <MonthFigure page={props.runs} />
      {log?.exists === true && (
        <div className="figures-chart">
          <BarChart
            caption={words.tasksAWeek(log.activity.length)}
            bars={log.activity.map(({ week, count }) => ({ label: words.weekOf(weekName(week)), value: count }))}
          />
        </div>
      )}
    </div>
  );
}
