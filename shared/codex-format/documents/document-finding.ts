import type { TextSpan } from "./text-span.ts";

/** What the lint of documents knows; the words are stable, programs may compare them. */
export type LintCode =
  /** The title still ends in "Template". */
  | "template-title"
  /** A sentence that tells the writer of the document what to write. */
  | "template-sentence"
  /** `{{…}}` outside of code. */
  | "placeholder"
  /** `<Do not modify…>`. */
  | "instruction"
  /** The whole file is one Markdown fence. */
  | "whole-file-fenced"
  /** Talk about the document behind its last section. */
  | "closing-remark"
  | "mojibake";

export interface DocumentFinding {
  readonly code: LintCode;
  /** From 1. */
  readonly line: number;
  readonly span: TextSpan;
  /** For a person: what is wrong and what to do. */
  readonly reason: string;
  /** What stands there, on one line, cut to 120 characters. */
  readonly excerpt: string;
  /** What an exact repair would put there; absent: a person decides. */
  readonly after?: string;
}
