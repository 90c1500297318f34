import { randomBytes } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { AuditLog } from "../audit-log.ts";
import { Problem } from "../problem.ts";
import { readJson } from "./read-json.ts";
import type { SignIn } from "./sign-in.ts";

export interface SessionDependencies {
  readonly port: () => number;
  readonly signIn: SignIn;
  /** Called after a token was used: the next one is put where only the owner reads it. */
  readonly onSignedIn: () => Promise<void>;
  readonly audit: AuditLog;
}

type SessionContext = Context<{ Bindings: HttpBindings }>;

/** Whether the request carries the cookie of a session that is still good. */
export function isSignedIn(context: SessionContext, { signIn, port }: SessionDependencies): boolean {
  return signIn.isSignedIn(getCookie(context, cookieName(port())));
}

const launchSchema = z.strictObject({ launch: z.string().min(1).max(200) });

/** `POST /api/session`: a launch token becomes a cookie. @throws Problem 401 `not-signed-in`, 429 `too-many` */
export async function openSession(context: SessionContext, dependencies: SessionDependencies): Promise<Response> {
  const { launch } = await readJson(context.env.incoming, launchSchema);
  const { audit, signIn } = dependencies;
  const result = await signIn.redeem(launch);
  if (result === "too-many") {
    audit.record({ type: "sign-in-refused", reason: "too-many" });
    throw new Problem("too-many", 429, "Too many wrong links in ten minutes.", {
      detail: "Wait, then open the link that Folio printed last.",
      headers: { "retry-after": "600" },
    });
  }
  if (result === "refused") {
    audit.record({ type: "sign-in-refused", reason: "wrong-token" });
    throw new Problem("not-signed-in", 401, "This link was used already or is an old one.", {
      detail: "Start Folio again for the same folder: it prints a new link for the one that runs.",
    });
  }
  audit.record({ type: "signed-in" });
  // The next link may be written later; this browser is signed in.
  await dependencies.onSignedIn().catch(() => undefined);
  // Cookies do not know ports: the browser would give this one to every server of this computer that is visited. It goes
  // to a path that only our own page knows, and is named after the port so that two workspaces can be open side by side.
  const path = `/s/${randomBytes(18).toString("base64url")}`;
  setCookie(context, cookieName(dependencies.port()), result.cookie, {
    httpOnly: true,
    sameSite: "Strict",
    path,
    maxAge: 180 * 24 * 60 * 60,
  });
  return context.json({ path });
}

function cookieName(port: number): string {
  return `folio-${port}`;
}
