/** A change taken apart into places of which a person takes some and leaves others. */
import { diffLines } from "diff";

export type Segment =
  | { readonly kind: "same"; readonly text: string }
  /** `before` or `after` is empty where only lines came or went. */
  | { readonly kind: "change"; readonly before: string; readonly after: string };

const timeoutMs = 1500;

/** Neighbouring removed and added lines are one place. Texts that differ too much are one single place. */
export function segmentsOf(before: string, after: string): readonly Segment[] {
  const parts = diffLines(before, after, { timeout: timeoutMs });
  if (parts === undefined) return [{ kind: "change", before, after }];
  const segments: Segment[] = [];
  for (const { value, added, removed } of parts) {
    const last = segments.at(-1);
    if (!added && !removed) segments.push({ kind: "same", text: value });
    else if (last?.kind === "change") {
      const joined = { before: last.before + (removed ? value : ""), after: last.after + (added ? value : "") };
      segments[segments.length - 1] = { kind: "change", ...joined };
    } else segments.push({ kind: "change", before: removed ? value : "", after: added ? value : "" });
  }
  return segments;
}

/** The text with the changes that are taken. @param isTaken by the number of the change, from 0 */
export function pickedText(segments: readonly Segment[], isTaken: (change: number) => boolean): string {
  let change = -1;
  return segments
    .map((segment) => {
      if (segment.kind === "same") return segment.text;
      change += 1;
      return isTaken(change) ? segment.after : segment.before;
    })
    .join("");
}
