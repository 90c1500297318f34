import type { ProblemCode, ProblemDetails } from "../../shared/problems.ts";

/** Ends a request; one place (`http/problem-response.ts`) turns it into `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly facts: ProblemDetails["facts"];
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(
    code: ProblemCode,
    status: number,
    title: string,
    options: {
      readonly detail?: string;
      readonly facts?: ProblemDetails["facts"];
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(title, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.detail = options.detail;
    this.facts = options.facts;
    this.headers = options.headers;
  }

  details(): ProblemDetails {
    return {
      type: `about:blank#${this.code}`,
      code: this.code,
      status: this.status,
      title: this.message,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.facts === undefined ? {} : { facts: this.facts }),
    };
  }
}
