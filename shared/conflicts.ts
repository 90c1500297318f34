/** A conversation whose file git left with conflict markers: what its sides hold, and what becomes of them. */
import { z } from "zod";

/** `base` is the revision that the page was shown: another file by now answers 409 `stale`. */
export const resolveConflictSchema = z.strictObject({
  /** `text`: they are no marks of a merge; what holds them stays as it is and they count no more. */
  keep: z.enum(["both", "ours", "theirs", "text"]),
  base: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ResolveConflict = z.infer<typeof resolveConflictSchema>;

export interface ConflictSideView {
  /** As the markers call it (`HEAD`, a branch); empty when they do not. */
  readonly name: string;
  /** Messages that only this side has. */
  readonly messages: number;
  readonly title: string;
}

export interface ChangedOnBoth {
  readonly id: string;
  /** The beginning of what each side says there. */
  readonly ours: string;
  readonly theirs: string;
}

export type ConflictView =
  | {
      readonly outcome: "split";
      readonly base: string;
      /** Whether the marks can be kept as text. */
      readonly canBeText: boolean;
      readonly ours: ConflictSideView;
      readonly theirs: ConflictSideView;
      /** The first of them; `changedOnBothCount` counts all. */
      readonly changedOnBoth: readonly ChangedOnBoth[];
      readonly changedOnBothCount: number;
    }
  /** The marks cannot be told apart from `line` on; `marks` are the lines of the first of them, from 1. */
  | {
      readonly outcome: "unclear";
      readonly base: string;
      readonly canBeText: boolean;
      readonly line: number;
      readonly marks: readonly number[];
    }
  /** No conflict stands in the file any more. */
  | { readonly outcome: "none" };

export interface ConflictResolved {
  /** Names the copy of the marked file in the trash. */
  readonly kept: string;
  /** What was written: undo is refused once the file is another. */
  readonly revision: string;
}

/** Puts the marked file back; `base` is the revision that the resolving wrote. */
export const undoResolveSchema = z.strictObject({
  kept: z.string().regex(/^[0-9a-z]{10}$/),
  base: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UndoResolve = z.infer<typeof undoResolveSchema>;
