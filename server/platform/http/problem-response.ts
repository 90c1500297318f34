import type { ProblemCode } from "../../../shared/problems.ts";
import { Problem } from "../problem.ts";
import { type StoreFailure, type StoreFailureCode } from "../store/document-store.ts";

const storeProblems: Readonly<Record<StoreFailureCode, readonly [ProblemCode, number]>> = {
  outside: ["forbidden", 403],
  "not-a-file": ["not-found", 404],
  "not-found": ["not-found", 404],
  "too-large": ["too-large", 413],
  "no-permission": ["not-saved", 503],
  "read-only": ["not-saved", 503],
  "disk-full": ["disk-full", 507],
  "bad-name": ["bad-request", 400],
  away: ["not-saved", 503],
  io: ["not-saved", 503],
};

/** The one place where a failure becomes an answer; what we did not expect becomes a bare 500. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isStoreFailure(error)) {
    const [code, status] = storeProblems[error.code];
    return new Problem(code, status, error.message, { cause: error });
  }
  if (isFullDisk(error)) {
    return new Problem("disk-full", 507, "The disk is full. Nothing was changed; what you wrote is still in the box.", {
      cause: error,
    });
  }
  return new Problem("internal", 500, "Something in Folio failed. It is in the log; nothing else was touched.", {
    cause: error,
  });
}

/** `application/problem+json` (RFC 9457); never stored by a browser. */
export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem.details()), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...problem.headers },
  });
}

function isStoreFailure(error: unknown): error is StoreFailure {
  return error instanceof Error && error.name === "StoreFailure";
}

function isFullDisk(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}
