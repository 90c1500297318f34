import { advanceCharacters, advanceColumns, goToNextCharacter, isBlankAt, type LineCursor } from "./line-cursor.ts";

export interface ListItemStart {
  /** Columns that a line needs to belong to the item. */
  readonly contentIndent: number;
}

const MARKER = /[*+-]|(\d{1,9})[.)]/y;

/**
 * Reads a list marker at the next character (CommonMark 0.31, §5.2) and goes behind it; stays where it is when there is
 * none. An item that interrupts a paragraph must hold text and, when ordered, start with 1.
 */
export function readListItem(cursor: LineCursor, interruptsParagraph: boolean): ListItemStart | undefined {
  const { line, nextOffset, indent } = cursor;
  MARKER.lastIndex = nextOffset;
  const marker = MARKER.exec(line);
  if (marker === null) return undefined;
  const width = marker[0].length;
  const after = nextOffset + width;
  if (after < line.length && !isBlankAt(line, after)) return undefined;
  if (interruptsParagraph && (isBlankFrom(line, after) || (marker[1] !== undefined && Number(marker[1]) !== 1))) {
    return undefined;
  }
  goToNextCharacter(cursor);
  advanceCharacters(cursor, width);
  return { contentIndent: indent + width + takePadding(cursor) };
}

/** The blanks between marker and text, one to four columns; an empty item or indented code takes one. */
function takePadding(cursor: LineCursor): number {
  const { offset, column } = cursor;
  while (cursor.column - column < 5 && isBlankAt(cursor.line, cursor.offset)) advanceColumns(cursor, 1);
  const padding = cursor.column - column;
  if (padding >= 1 && padding < 5 && cursor.offset < cursor.line.length) return padding;
  cursor.offset = offset;
  cursor.column = column;
  if (isBlankAt(cursor.line, offset)) advanceColumns(cursor, 1);
  return 1;
}

function isBlankFrom(line: string, offset: number): boolean {
  let position = offset;
  while (isBlankAt(line, position)) position++;
  return position === line.length;
}
