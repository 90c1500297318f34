import type { DocumentFinding, DocumentVersion, DocumentView } from "../../shared/documents.ts";
import { Problem } from "../platform/problem.ts";
import {
  type DocumentStore,
  type ListedDocument,
  type StoredDocument,
  StoreFailure,
} from "../platform/store/document-store.ts";
import type { AnalysisCache } from "./document-analysis.ts";
import { mostTextBytes } from "./document-facts.ts";
import { documentKind, documentsFolder, isRootName } from "./document-names.ts";
import { readText } from "./document-text.ts";
import { secondChoices, summaryOf, type ViewDependencies } from "./documents-view.ts";

export interface DocumentViewDependencies extends ViewDependencies {
  readonly analyze: AnalysisCache;
  /** Where a document lies on this computer, absolute. */
  readonly fileOf: (path: string) => string;
}

type ParsedView = Pick<DocumentView, "text" | "outline" | "sections" | "findingsList">;

/** @throws Problem 404 `not-found`, StoreFailure */
export async function documentView(dependencies: DocumentViewDependencies, path: string): Promise<DocumentView> {
  const { store, versions, analyze, fileOf } = dependencies;
  const listed = await findDocument(dependencies, path);
  const [summary, known, parsed] = await Promise.all([
    summaryOf(dependencies, listed, await secondsNow(dependencies)),
    versions.list(path),
    listed.size > mostTextBytes ? undefined : readView(store, analyze, path),
  ]);
  const view = parsed ?? { text: "", outline: [], sections: [], findingsList: [] };
  const findingsList = listed.hasOtherNames === true ? [otherNames, ...view.findingsList] : view.findingsList;
  const unsent = parsed === undefined && summary.readOnly === undefined ? { readOnly: "too-large" as const } : {};
  return { ...summary, ...view, findingsList, ...unsent, versionCount: known.length, file: fileOf(path) };
}

const otherNames: DocumentFinding = {
  code: "hard-link",
  line: 1,
  reason:
    "The file has another name on this disk (a hard link). A change here is not one there: that name keeps the old text.",
  excerpt: "",
};

/** @throws Problem 404 `not-found` */
export async function findDocument({ store }: Pick<ViewDependencies, "store">, path: string): Promise<ListedDocument> {
  const slash = path.lastIndexOf("/");
  const folder = slash === -1 ? "" : path.slice(0, slash);
  const [listed] = await store.find(folder, (name) => name === path.slice(slash + 1));
  if (listed === undefined) throw new Problem("not-found", 404, "There is no such document.", { facts: { path } });
  return listed;
}

/** Looks at the two places where a name counts, not at the whole folder. */
export async function secondsNow({ store }: Pick<ViewDependencies, "store">): Promise<ReadonlySet<string>> {
  const isKnown = (name: string): boolean => documentKind(`${documentsFolder}/${name}`) !== undefined;
  const [inside, atRoot] = await Promise.all([store.find(documentsFolder, isKnown), store.find("", isRootName)]);
  return secondChoices([...inside, ...atRoot].map(({ path }) => path));
}

/** Undefined when it cannot be read: the summary says so. */
async function readView(store: DocumentStore, analyze: AnalysisCache, path: string): Promise<ParsedView | undefined> {
  try {
    return parseView(analyze, await store.read(path));
  } catch (error) {
    if (error instanceof StoreFailure) return undefined;
    throw error;
  }
}

function parseView(analyze: AnalysisCache, document: StoredDocument): ParsedView {
  const { text } = readText(document.bytes);
  if (!document.path.endsWith(".md")) return { text, outline: [], sections: [], findingsList: [] };
  const { outline, completeness, findings } = analyze(document);
  return { text, outline, sections: completeness?.sections ?? [], findingsList: findings };
}

/** Newest first; those of a document that is gone too. */
export async function documentVersions(
  { store, cache, versions }: Pick<ViewDependencies, "store" | "cache" | "versions">,
  path: string,
): Promise<readonly DocumentVersion[]> {
  const known = await versions.list(path);
  const listed = await findDocument({ store }, path).catch(() => undefined);
  const current = listed === undefined ? undefined : (await cache.facts(listed)).revision;
  const at = known.findLastIndex(({ revision }) => revision === current);
  return known.map((version, index) => ({ ...version, isCurrent: index === at })).toReversed();
}
