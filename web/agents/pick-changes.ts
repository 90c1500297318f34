/** A change taken apart into places of which a person takes some and leaves others. */
import { diffLines } from "diff";

export type Segment =
  | { readonly kind: "same"; readonly text: string }
  /** `before` or `after` is empty where only lines came or went. */
  | { readonly kind: "change"; readonly before: string; readonly after: string };

/** A change with the equal lines around it, and how many lines stand above it in each version. */
export interface PlacedChange {
  /** From 0, as `pickedText` counts. */
  readonly number: number;
  readonly before: string;
  readonly after: string;
  readonly linesAbove: { readonly before: number; readonly after: number };
}

const contextLines = 2;

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Where each change stands in the document. */
export function placedChanges(segments: readonly Segment[]): readonly PlacedChange[] {
  const placed: PlacedChange[] = [];
  const above = { before: 0, after: 0 };
  segments.forEach((segment, index) => {
    if (segment.kind === "same") {
      const count = linesOf(segment.text).length;
      above.before += count;
      above.after += count;
      return;
    }
    const [previous, next] = [segments[index - 1], segments[index + 1]];
    const head = previous?.kind === "same" ? linesOf(previous.text).slice(-contextLines) : [];
    const tail = next?.kind === "same" ? linesOf(next.text).slice(0, contextLines).join("") : "";
    placed.push({
      number: placed.length,
      before: head.join("") + segment.before + tail,
      after: head.join("") + segment.after + tail,
      linesAbove: { before: above.before - head.length, after: above.after - head.length },
    });
    above.before += linesOf(segment.before).length;
    above.after += linesOf(segment.after).length;
  });
  return placed;
}

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
