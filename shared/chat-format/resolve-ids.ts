import type { MessageUnits } from "./conversation-source.ts";
import { deriveId } from "./derive-id.ts";
import type { Unit } from "./unit.ts";

export interface ResolvedId {
  readonly id: string;
  /** Why the id in the marker line does not count. */
  readonly problem?: "no-id" | "duplicate-id";
}

export interface ResolvedIds {
  /** One for each message, in the order of the file. */
  readonly messages: readonly ResolvedId[];
  /** By index of the part's unit. */
  readonly parts: ReadonlyMap<number, ResolvedId>;
}

/** Ids of messages and of parts are separate name spaces. The first of equal ids keeps it; the others are derived. */
export function resolveIds(units: readonly Unit[], groups: readonly MessageUnits[]): ResolvedIds {
  const messages = resolveAll(groups.map(({ own }) => (own === undefined ? undefined : units[own])));
  const partIndexes = groups.flatMap(({ parts }) => parts);
  const parts = resolveAll(partIndexes.map((index) => units[index]));
  return { messages, parts: new Map(partIndexes.map((index, position) => [index, parts[position] as ResolvedId])) };
}

function resolveAll(units: readonly (Unit | undefined)[]): ResolvedId[] {
  const taken = new Set<string>();
  const claims = units.map((unit): ResolvedId => {
    const id = unit?.attributes.get("id") ?? "";
    if (id === "" || id === "root") return { id: "", problem: "no-id" };
    if (taken.has(id)) return { id, problem: "duplicate-id" };
    taken.add(id);
    return { id };
  });
  return claims.map((claim, index): ResolvedId => {
    if (claim.problem === undefined) return claim;
    const id = deriveId(units[index]?.content().text ?? "", index + 1, (candidate) => taken.has(candidate));
    taken.add(id);
    return { id, problem: claim.problem };
  });
}
