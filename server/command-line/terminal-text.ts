/** Signs that a terminal would obey or that would hide what stands there: controls, and what has no width. */
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text from a file as one line that a terminal shows and does not obey. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNSAFE, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Cut to that many characters, with an ellipsis. */
export function shortened(text: string, length: number): string {
  const characters = [...printable(text)];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

/** Rows with their columns one below the other; the last column is as long as it is. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, [...cell].length);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0))).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(width - [...cell].length, 0));
}
