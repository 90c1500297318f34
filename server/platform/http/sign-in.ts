import { hash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";

const day = 24 * 60 * 60 * 1000;
const idleLimit = 30 * day;
const absoluteLimit = 180 * day;
const sessionsKept = 50;
const triesAllowed = 10;
const triesWindow = 10 * 60 * 1000;

/** What is kept of a session: the hash of its cookie, never the cookie. */
export interface StoredSession {
  readonly hash: string;
  readonly created: number;
  readonly seen: number;
}

export interface SignIn {
  /** A token for one sign-in; each call makes the earlier one void. */
  mintLaunchToken(): string;
  /** The new session's cookie value; `refused` for a wrong or used token, `too-many` after ten of them in ten minutes. */
  redeem(token: string): Promise<{ readonly cookie: string } | "refused" | "too-many">;
  isSignedIn(cookie: string | undefined): boolean;
}

/**
 * Local sign-in: a one-time launch token from the terminal becomes a cookie.
 * `save` makes the list of sessions durable, so that a restart does not sign the browser out.
 */
export function createSignIn(dependencies: {
  readonly sessions: readonly StoredSession[];
  readonly save: (sessions: readonly StoredSession[]) => Promise<void>;
  readonly clock: Clock;
}): SignIn {
  const { save, clock } = dependencies;
  const sessions = new Map(dependencies.sessions.map((session) => [session.hash, session]));
  let launchHash: string | undefined;
  let tries: number[] = [];

  const mintLaunchToken = (): string => {
    const token = randomBytes(24).toString("base64url");
    launchHash = hashOf(token);
    return token;
  };

  const redeem: SignIn["redeem"] = async (token) => {
    const now = clock.now().getTime();
    tries = tries.filter((time) => Math.abs(now - time) < triesWindow);
    // Hashes are compared: the time tells nothing about the token. A right one is never refused for others' wrong ones.
    if (launchHash === undefined || hashOf(token) !== launchHash) {
      if (tries.length >= triesAllowed) return "too-many";
      tries.push(now);
      return "refused";
    }
    const cookie = randomBytes(32).toString("base64url");
    const newest = newestOf([...sessions.values(), { hash: hashOf(cookie), created: now, seen: now }]);
    const used = launchHash;
    launchHash = undefined;
    try {
      await save(newest);
    } catch (error) {
      // Nobody was signed in: the link is still good.
      launchHash ??= used;
      throw error;
    }
    sessions.clear();
    for (const session of newest) sessions.set(session.hash, session);
    return { cookie };
  };

  const isSignedIn: SignIn["isSignedIn"] = (cookie) => {
    if (cookie === undefined) return false;
    const session = sessions.get(hashOf(cookie));
    if (session === undefined) return false;
    const now = clock.now().getTime();
    if (hasEnded(session, now)) {
      sessions.delete(session.hash);
      return false;
    }
    if (now - session.seen > day) {
      // A date that could not be saved costs at most an earlier sign-out.
      save([...sessions.set(session.hash, { ...session, seen: now }).values()]).catch(() => undefined);
    }
    return true;
  };

  return { mintLaunchToken, redeem, isSignedIn };
}

function hasEnded({ created, seen }: StoredSession, now: number): boolean {
  return now - created > absoluteLimit || now - seen > idleLimit;
}

function newestOf(sessions: readonly StoredSession[]): StoredSession[] {
  return [...sessions].sort((one, other) => other.seen - one.seen).slice(0, sessionsKept);
}

function hashOf(secret: string): string {
  return hash("sha256", secret);
}
