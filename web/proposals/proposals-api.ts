/** The board's commands of the API, one function each. */
import type { ChangeProposal, FinishProposal, NewProposal } from "../../shared/proposals.ts";
import { request } from "../platform/api.ts";

/** The address of the board that is found by its name, or of another one. */
export function boardAddress(path: string | undefined): string {
  return path === undefined ? "/proposals" : `/proposals?${new URLSearchParams({ path })}`;
}

export function changeProposal(body: ChangeProposal): Promise<{ readonly revision: string }> {
  return request("/proposals", { method: "PATCH", body });
}

export function addProposal(body: NewProposal): Promise<{ readonly id: string; readonly revision: string }> {
  return request("/proposals", { method: "POST", body });
}

export function promoteProposal(base: string, id: string): Promise<{ readonly path: string }> {
  return request("/proposals/promote", { method: "POST", body: { base, id } });
}

export function finishProposal(body: FinishProposal): Promise<{ readonly revision: string; readonly logRef: string }> {
  return request("/proposals/finish", { method: "POST", body });
}

/** Writes what a new board begins with. `base` is the file's revision, null where there is none. */
export function startBoard(path: string, base: string | null, text: string): Promise<unknown> {
  return request("/documents/content", { method: "PUT", body: { path, base, text } });
}
