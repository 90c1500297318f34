import { Problem } from "./problem.ts";

/** Who asks. One person owns a local workspace; teams will add members and keys here and nowhere else. */
export type Actor = { readonly kind: "owner" } | { readonly kind: "nobody" };
export type Action = "read" | "write";

/**
 * The one decision about who may do what, asked before every route that is not public.
 * @throws Problem 401 `not-signed-in`
 */
export function authorize(actor: Actor, action: Action, object: string): void {
  if (actor.kind === "owner") return;
  throw new Problem("not-signed-in", 401, "This browser is not signed in to Folio.", {
    detail: `Open the link that Folio printed in its terminal. Nothing was ${action === "read" ? "read" : "changed"}.`,
    facts: { object },
  });
}
