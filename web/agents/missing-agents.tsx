import "./roster.css";
import type { ReactElement } from "react";
import type { RosterView } from "../../shared/roster.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { rosterWords as words } from "./roster-words.ts";
import type { RosterChange } from "./use-roster-change.ts";

/** The usual agents that the roster lacks, each with the click that adds it. */
export function MissingAgents(props: {
  readonly roster: RosterView;
  readonly change: RosterChange;
  readonly onAdded: (key: string) => void;
}): ReactElement | null {
  const { change, onAdded } = props;
  const { missing } = props.roster;
  if (missing.length === 0) return null;
  const add = async (key: string): Promise<void> => {
    if (change.isBusy) return;
    if (await change.make({ type: "add-offered", key })) onAdded(key);
  };
  return (
    <section className="roster-usual" aria-label={words.usual}>
      <h3 className="agent-form-label">{words.usual}</h3>
      <ul>
        {missing.map(({ key, role, writes }) => (
          <li key={key}>
            <span className="roster-usual-name">
              <bdi className="mono">{visibleText(key)}</bdi>
              <span className="agent-note">
                {role} · <bdi dir="ltr">{visibleText(writes ?? "")}</bdi>
              </span>
            </span>
            <button
              type="button"
              className="button"
              aria-label={words.addUsual(key)}
              aria-disabled={change.isBusy}
              onClick={() => void add(key)}
            >
              {words.addShort}
            </button>
          </li>
        ))}
      </ul>
      <h3 className="agent-form-label">{words.ownAgent}</h3>
    </section>
  );
}
