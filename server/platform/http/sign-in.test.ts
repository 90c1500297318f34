import { expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { createSignIn, type StoredSession } from "./sign-in.ts";

const day = 24 * 60 * 60 * 1000;

function start(sessions: readonly StoredSession[] = []) {
  const saved: { sessions: readonly StoredSession[] } = { sessions };
  const time = { now: Date.parse("2026-01-01T00:00:00Z") };
  const clock = { now: () => new Date(time.now), monotonic: () => time.now };
  const save = async (all: readonly StoredSession[]): Promise<void> => {
    saved.sessions = all;
  };
  return { signIn: createSignIn({ sessions, save, clock }), saved, time };
}

async function cookieFrom(signIn: ReturnType<typeof start>["signIn"]): Promise<string> {
  const result = await signIn.redeem(signIn.mintLaunchToken());
  if (typeof result === "string") throw new Error(result);
  return result.cookie;
}

it("gives one session for a launch token, once", async () => {
  const { signIn } = start();
  const token = signIn.mintLaunchToken();
  const first = await signIn.redeem(token);
  expect(first).toHaveProperty("cookie");
  expect(await signIn.redeem(token)).toBe("refused");
});

it("makes an earlier token void when a new one is minted", async () => {
  const { signIn } = start();
  const old = signIn.mintLaunchToken();
  signIn.mintLaunchToken();
  expect(await signIn.redeem(old)).toBe("refused");
});

it("knows its cookie and no other", async () => {
  const { signIn } = start();
  const cookie = await cookieFrom(signIn);
  expect(signIn.isSignedIn(cookie)).toBe(true);
  expect(signIn.isSignedIn(`${cookie}x`)).toBe(false);
  expect(signIn.isSignedIn(undefined)).toBe(false);
});

it("keeps hashes only, and knows the cookie again after a restart", async () => {
  const { signIn, saved } = start();
  const cookie = await cookieFrom(signIn);
  expect(JSON.stringify(saved.sessions)).not.toContain(cookie);
  expect(start(saved.sessions).signIn.isSignedIn(cookie)).toBe(true);
});

it("ends a session after thirty idle days, and after half a year in any case", async () => {
  const { signIn, time } = start();
  const idle = await cookieFrom(signIn);
  time.now += 31 * day;
  expect(signIn.isSignedIn(idle)).toBe(false);
  const used = await cookieFrom(signIn);
  for (let week = 0; week < 25; week += 1) {
    time.now += 7 * day;
    expect(signIn.isSignedIn(used)).toBe(true);
  }
  time.now += 7 * day;
  expect(signIn.isSignedIn(used)).toBe(false);
});

it("answers too many wrong tokens with a pause, and still knows the right one", async () => {
  const { signIn, time } = start();
  for (let tries = 0; tries < 10; tries += 1) expect(await signIn.redeem("wrong")).toBe("refused");
  expect(await signIn.redeem("wrong")).toBe("too-many");
  expect(await signIn.redeem(signIn.mintLaunchToken())).toHaveProperty("cookie");
  time.now += 11 * 60 * 1000;
  expect(await signIn.redeem("wrong")).toBe("refused");
});

it("keeps the link good when the session could not be saved", async () => {
  const disk = { isFull: true };
  const save = () => (disk.isFull ? Promise.reject(new Error("full")) : Promise.resolve());
  const signIn = createSignIn({ sessions: [], save, clock: systemClock });
  const token = signIn.mintLaunchToken();
  await expect(signIn.redeem(token)).rejects.toThrow("full");
  disk.isFull = false;
  expect(await signIn.redeem(token)).toHaveProperty("cookie");
});
