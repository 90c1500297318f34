import type { RosterView } from "../../shared/roster.ts";
import { byRoster } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";

/** Who can be asked: the agents of the roster and those that are offered. */
export function useAgentKeys(): readonly string[] {
  const roster = useResource<RosterView>("/roster", byRoster).value;
  return [...(roster?.agents ?? []), ...(roster?.offered ?? [])].map(({ key }) => key);
}
