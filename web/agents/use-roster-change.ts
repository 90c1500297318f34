import { useState } from "react";
import type { ChangeRoster, RosterView } from "../../shared/roster.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { changeRoster } from "./agents-api.ts";
import { rosterWords as words } from "./roster-words.ts";

export interface RosterChange {
  readonly isBusy: boolean;
  /** What went wrong with the last change, for a person. */
  readonly problem: string | undefined;
  /** Makes one change on the file as it was seen; answers whether it is done. */
  readonly make: (change: ChangeRoster["change"]) => Promise<boolean>;
}

export function useRosterChange(roster: RosterView, refresh: () => void): RosterChange {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly problem?: string }>({ isBusy: false });
  return {
    isBusy: state.isBusy,
    problem: state.problem,
    make: async (change) => {
      setState({ isBusy: true });
      try {
        await changeRoster({ base: roster.revision ?? null, change });
        setState({ isBusy: false });
        return true;
      } catch (thrown) {
        const { title, detail } = problemWords(thrown);
        const isStale = problemCode(thrown) === "stale";
        setState({ isBusy: false, problem: isStale ? words.stale : [title, detail ?? ""].join(" ").trim() });
        return false;
      } finally {
        refresh();
      }
    },
  };
}
