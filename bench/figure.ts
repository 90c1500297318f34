/** One line of the report: what was measured, the floor beside it where there is one, and what is wanted. */
import { readable } from "./figures.ts";

export interface Figure {
  /** The row of table P, as `P-4`. */
  readonly row: string;
  readonly name: string;
  readonly floor: string;
  readonly folio: string;
  readonly target: string;
  /** `–`: told for information, nothing is wanted of it. */
  readonly verdict: "ok" | "over" | "–";
}

const judge = (isWithin: boolean): Figure["verdict"] => (isWithin ? "ok" : "over");

/** Wanted: at most `limit` of `unit`. */
export function atMost(row: string, name: string, value: number, limit: number, unit: string, floor?: number): Figure {
  return {
    row,
    name,
    floor: floor === undefined ? "" : readable(floor),
    folio: `${readable(value)} ${unit}`,
    target: `≤ ${limit} ${unit}`,
    verdict: judge(value <= limit),
  };
}

/** Wanted: at most (`most`) or at least (`least`) so many times the floor. */
export function againstFloor(
  row: string,
  name: string,
  value: number,
  floor: number,
  unit: string,
  wanted: { readonly most: number } | { readonly least: number },
): Figure {
  const ratio = value / floor;
  const limit = "most" in wanted ? wanted.most : wanted.least;
  return {
    row,
    name,
    floor: readable(floor),
    folio: `${readable(value)} ${unit} = ${ratio.toFixed(2)}×`,
    target: `${"most" in wanted ? "≤" : "≥"} ${limit}× floor`,
    verdict: judge("most" in wanted ? ratio <= limit : ratio >= limit),
  };
}

export function allOf(row: string, name: string, count: number, wanted: number, floor?: number): Figure {
  return {
    row,
    name,
    floor: floor === undefined ? "" : String(floor),
    folio: `${count} of ${wanted}`,
    target: "all",
    verdict: judge(count === wanted),
  };
}

export function told(row: string, name: string, value: number, unit: string, floor?: number): Figure {
  return {
    row,
    name,
    floor: floor === undefined ? "" : readable(floor),
    folio: `${readable(value)} ${unit}`,
    target: "",
    verdict: "–",
  };
}

/** As a table for a terminal. */
export function writeFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.row,
    figure.name,
    figure.floor,
    figure.folio,
    figure.target,
    figure.verdict,
  ]);
  const table = [["", "figure", "floor", "Folio", "wanted", ""], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
