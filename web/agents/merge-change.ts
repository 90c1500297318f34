import { applyPatch, structuredPatch } from "diff";

/**
 * What a run proposes, put into what the document is by now; undefined when both changed the same lines.
 * @param before what the run was given
 * @param after what it proposes
 */
export function mergeChange(before: string, after: string, current: string): string | undefined {
  const patch = structuredPatch("", "", before, after, "", "", { context: 2, timeout: 1500 });
  if (patch === undefined) return undefined;
  const merged = applyPatch(current, patch, { fuzzFactor: 0, autoConvertLineEndings: false });
  return merged === false ? undefined : merged;
}
