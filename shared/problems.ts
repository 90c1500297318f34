/** What can go wrong, as the API says it (RFC 9457, `application/problem+json`). */
export type ProblemCode =
  | "bad-request"
  | "not-signed-in"
  | "forbidden"
  | "not-found"
  | "wrong-host"
  | "too-large"
  | "stale"
  | "already-exists"
  | "read-only"
  | "disk-full"
  | "not-saved"
  | "no-model"
  | "upstream"
  | "too-many"
  | "stopping"
  | "internal";

export interface ProblemDetails {
  /** `about:blank#<code>`; the code is the stable part. */
  readonly type: string;
  readonly code: ProblemCode;
  readonly status: number;
  /** One sentence for a person: what happened. */
  readonly title: string;
  /** What was kept and what to do, for a person. */
  readonly detail?: string;
  /** For `stale`: what the server holds now. Other facts by code. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}
