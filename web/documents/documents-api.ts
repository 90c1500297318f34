/** The document commands and questions of the API, one function each. */
import type { DocumentWritten, RepairDocument, RevertDocument, WriteDocument } from "../../shared/documents.ts";
import { request } from "../platform/api.ts";

export function contentPath(path: string): string {
  return `/documents/content?${new URLSearchParams({ path })}`;
}

export function versionsPath(path: string): string {
  return `/documents/versions?${new URLSearchParams({ path })}`;
}

export function versionPath(path: string, revision: string): string {
  return `/documents/version?${new URLSearchParams({ path, revision })}`;
}

/** Refused with `stale` when the document is no longer at `base`. */
export function writeDocument(body: WriteDocument): Promise<DocumentWritten> {
  return request("/documents/content", { method: "PUT", body });
}

export function revertDocument(body: RevertDocument): Promise<DocumentWritten> {
  return request("/documents/revert", { method: "POST", body });
}

export function repairDocument(body: RepairDocument): Promise<DocumentWritten> {
  return request("/documents/repair", { method: "POST", body });
}
