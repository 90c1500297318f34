/** From `start` up to, not including, `end`: UTF-16 offsets into a text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** What stands in a text and what would stand there instead. */
export interface TextChange extends TextSpan {
  readonly before: string;
  readonly after: string;
}
