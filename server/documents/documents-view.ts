import { knownCandidates } from "../../shared/codex-format/documents/known-names.ts";
import type { DocumentChange, DocumentSummary, DocumentsView } from "../../shared/documents.ts";
import type { DocumentStore, ListedDocument } from "../platform/store/document-store.ts";
import { type CodexAgent, readCodexAgents } from "./codex-agents.ts";
import type { DocumentCache } from "./document-cache.ts";
import { documentKind, nameOf, standardDocuments } from "./document-names.ts";
import { listDocuments } from "./list-documents.ts";
import type { TaskLogService } from "./task-log-port.ts";
import type { VersionStore } from "./versions/version-store.ts";

export interface ViewDependencies {
  readonly store: DocumentStore;
  readonly cache: DocumentCache;
  readonly versions: VersionStore;
  readonly taskLog: TaskLogService;
}

/** Reads at once: each holds a descriptor. */
const atOnce = 8;

export async function documentsView(dependencies: ViewDependencies): Promise<DocumentsView> {
  const { documents, leftOut, exists } = await listDocuments(dependencies.store);
  const paths = documents.map(({ path }) => path);
  const seconds = secondChoices(paths);
  const summaries: DocumentSummary[] = [];
  for (let start = 0; start < documents.length; start += atOnce) {
    const some = documents.slice(start, start + atOnce);
    summaries.push(...(await Promise.all(some.map((listed) => summaryOf(dependencies, listed, seconds)))));
  }
  const codexAgents: readonly CodexAgent[] = await readCodexAgents(dependencies.store, paths);
  return {
    folder: ".codex",
    exists,
    documents: summaries,
    codexAgents,
    leftOut,
    missing: standardDocuments.filter((path) => !summaries.some((known) => known.kind === documentKind(path))),
  };
}

/** Documents that stand for something that another one stands for already: shown, not written. */
export function secondChoices(paths: readonly string[]): ReadonlySet<string> {
  const files = ["task-log", "roster", "proposals", "prd", "architecture"] as const;
  // ROSTER.md is made beside instructions, to be written.
  const named = paths.filter((path) => !/^\.codex\/roster\.md$/i.test(path));
  return new Set(files.flatMap((file) => knownCandidates(file, named).slice(1)));
}

export async function summaryOf(
  { cache, versions, taskLog }: ViewDependencies,
  listed: ListedDocument,
  seconds: ReadonlySet<string>,
): Promise<DocumentSummary> {
  const { path, size } = listed;
  const kind = documentKind(path) ?? "foreign";
  const [facts, known] = await Promise.all([cache.facts(listed), versions.list(path)]);
  const last = known.findLast(({ revision }) => revision === facts.revision);
  const readOnly = readOnlyReason(kind === "foreign", facts.readOnly, seconds.has(path));
  return {
    path,
    name: nameOf(path),
    kind,
    size,
    modified: new Date(listed.modified).toISOString(),
    ...facts,
    findings: facts.findings + (listed.hasOtherNames === true ? 1 : 0),
    ...(kind === "task-log" ? await logCompleteness(taskLog, path) : {}),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(last === undefined ? {} : { lastChange: changeOf(last) }),
  };
}

function readOnlyReason(
  isForeign: boolean,
  unfit: DocumentSummary["readOnly"],
  isSecond: boolean,
): DocumentSummary["readOnly"] {
  if (unfit === "too-large" || unfit === "unreadable") return unfit;
  if (isForeign) return "foreign";
  return unfit ?? (isSecond ? "second-choice" : undefined);
}

async function logCompleteness(taskLog: TaskLogService, path: string): Promise<Partial<DocumentSummary>> {
  const overview = await taskLog.overview();
  if (overview.path !== path) return {};
  return { completeness: { filled: overview.entries, total: overview.items } };
}

function changeOf({ by, at, agent, runId, taskId, logRef, summary }: DocumentChange): DocumentChange {
  const facts = { agent, runId, taskId, logRef, summary };
  return { by, at, ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) };
}
