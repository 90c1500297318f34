/** A position in one line, with columns where a tab goes to the next multiple of four (CommonMark 0.31, §2.2). */
export interface LineCursor {
  readonly line: string;
  offset: number;
  column: number;
  /** Of the first character that is no blank, from `offset` on. */
  nextOffset: number;
  nextColumn: number;
  /** Columns from here to there. */
  indent: number;
  isBlank: boolean;
  /** For thematic breaks, by mark. */
  readonly lastOthers: Map<string, number>;
}

export function startOfLine(line: string): LineCursor {
  const cursor: LineCursor = {
    ...{ line, offset: 0, column: 0, nextOffset: 0, nextColumn: 0, indent: 0, isBlank: false },
    lastOthers: new Map(),
  };
  findNextCharacter(cursor);
  return cursor;
}

/** Looks for the next character that is no blank. Each blank is looked at once for each level it is passed on. */
export function findNextCharacter(cursor: LineCursor): void {
  let { offset, column } = cursor;
  // A look from a place before the last found character finds the same one again.
  if (cursor.nextOffset > offset) {
    cursor.indent = cursor.nextColumn - column;
    return;
  }
  for (; isBlankAt(cursor.line, offset); offset++) column += cursor.line[offset] === "\t" ? 4 - (column % 4) : 1;
  cursor.nextOffset = offset;
  cursor.nextColumn = column;
  cursor.indent = column - cursor.column;
  cursor.isBlank = offset === cursor.line.length;
}

export function goToNextCharacter(cursor: LineCursor): void {
  cursor.offset = cursor.nextOffset;
  cursor.column = cursor.nextColumn;
}

/** Goes on by characters that are no tabs. */
export function advanceCharacters(cursor: LineCursor, count: number): void {
  cursor.offset += count;
  cursor.column += count;
}

/** Goes on by columns; a tab may be used up in part. */
export function advanceColumns(cursor: LineCursor, count: number): void {
  let rest = count;
  while (rest > 0 && cursor.offset < cursor.line.length) {
    const width = cursor.line[cursor.offset] === "\t" ? 4 - (cursor.column % 4) : 1;
    const used = Math.min(width, rest);
    cursor.column += used;
    rest -= used;
    if (used === width) cursor.offset++;
  }
}

export function isBlankAt(line: string, offset: number): boolean {
  const character = line[offset];
  return character === " " || character === "\t";
}
