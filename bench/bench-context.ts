/** What every section is given. */
import type { Figure } from "./figure.ts";

export interface BenchContext {
  /** On a real disk; removed at the end. */
  readonly folder: string;
  /** Folio's entry: the built server, its source, or another build to compare with. */
  readonly server: string;
  /** Fewer and shorter repetitions, for a look and not for a record. */
  readonly isQuick: boolean;
  /** A line of progress. */
  readonly say: (line: string) => void;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  /** Left out unless it is asked for by name. */
  readonly isLong?: true;
  readonly measure: (context: BenchContext) => Promise<readonly Figure[]>;
}
