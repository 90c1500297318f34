import type { AgentRunView } from "../../shared/agents.ts";
import { mergeChange } from "./merge-change.ts";

/** What is compared with what, and written when the person accepts. */
export interface Comparison {
  readonly base: string | null;
  readonly before: string;
  readonly after: string;
  /** Set once it was compared with a document that changed meanwhile. */
  readonly kind?: "merged" | "over" | "gone";
}

/**
 * What a run's diff shows and an accept writes; undefined while its document has changed in a way not seen yet.
 * @param seen the revision that the person has asked to compare with, once the document has changed
 */
export function compareRun(run: AgentRunView | undefined, seen: string | null | undefined): Comparison | undefined {
  const { change } = run ?? {};
  if (!change) return undefined;
  const { base, before, after } = change;
  if (!change.isStale) return { base, before, after };
  const revision = change.currentRevision ?? null;
  if (seen !== revision) return undefined;
  const current = change.current ?? "";
  if (revision === null) return { base: null, before: "", after, kind: "gone" };
  const merged = mergeChange(before, after, current);
  if (merged !== undefined) return { base: revision, before: current, after: merged, kind: "merged" };
  return { base: revision, before: current, after, kind: "over" };
}
