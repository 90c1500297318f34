import type { Notice } from "../../shared/events.ts";
import { request } from "./api.ts";
import { keepApiBase } from "./api-base.ts";

export interface Session {
  readonly workspace: { readonly name: string; readonly folder: string };
  readonly version: string;
  /** When this page was opened. */
  readonly hasConversations: boolean;
  /** What is true of the whole workspace now (a full disk); changes come as events. */
  readonly notices?: readonly Notice[];
}

/** Takes the launch token out of the address, so that it is in no history and no screenshot. */
export function takeLaunchToken(location: Location, history: History): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("launch");
  if (token === null) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}

/** The token of a pasted link, or the pasted text itself. */
export function launchTokenOf(pasted: string): string {
  const text = pasted.trim();
  return /[#&?]launch=([^&\s]+)/.exec(text)?.[1] ?? text;
}

/** Afterwards the page has to be loaded anew: what was opened without a session knows nothing of it. */
export async function signIn(launch: string): Promise<void> {
  const { path } = await request<{ readonly path: string }>("/session", { method: "POST", body: { launch } });
  keepApiBase(path);
}

export function fetchSession(): Promise<Session> {
  return request("/session");
}
