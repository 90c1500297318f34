import { applyPatch, structuredPatch } from "diff";

/**
 * What one side changed, put into the other side's text; undefined when both changed the same lines.
 * @param base the text that both began from
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  if (base === theirs) return mine;
  if (base === mine) return theirs;
  const patch = structuredPatch("", "", base, mine, "", "", { context: 2, timeout: 1500 });
  if (patch === undefined) return undefined;
  const merged = applyPatch(theirs, patch, { fuzzFactor: 0, autoConvertLineEndings: false });
  return merged === false ? undefined : merged;
}
