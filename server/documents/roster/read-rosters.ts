import { knownCandidates } from "../../../shared/codex-format/documents/known-names.ts";
import { readRoster } from "../../../shared/codex-format/roster/read-roster.ts";
import type { Roster } from "../../../shared/codex-format/roster/roster.ts";
import type { DocumentStore, StoredDocument } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { documentKind, documentsFolder, isRootName } from "../document-names.ts";
import { isParsed, tooLargeToParse } from "../parsed-bounds.ts";

export interface OpenRoster {
  readonly document: StoredDocument;
  readonly roster: Roster;
}

const mostAgentFiles = 100;

/** Rosters are parsed once for each content. One that is too large is one invalid item, which says so. */
export type RosterCache = (document: StoredDocument) => Roster;

export function createRosterCache(): RosterCache {
  const known = new Map<string, { readonly revision: string; readonly roster: Roster }>();
  return (document) => {
    const { path, revision, bytes } = document;
    const held = known.get(path);
    if (held?.revision === revision) return held.roster;
    const roster = isParsed(bytes) ? readRoster(bytes, path) : unread(bytes);
    if (known.size > 200) known.clear();
    known.set(path, { revision, roster });
    return roster;
  };
}

function unread(bytes: Uint8Array): Roster {
  const span = { start: 0, end: bytes.length };
  const reason = `${tooLargeToParse}: the file is not read as a roster. It was left as it is.`;
  return { kind: "instructions", agents: [], invalid: [{ raw: "", span, reason }], preamble: span };
}

/**
 * The file that speaks as the roster: of those that may, the first that holds one, else the first in another form, else
 * the first that is there at all. Undefined when there is none.
 */
export async function findRoster(store: DocumentStore, parse: RosterCache): Promise<OpenRoster | undefined> {
  const isRoster = (path: string): boolean => documentKind(path) === "roster";
  const [inside, atRoot] = await Promise.all([
    store.find(documentsFolder, (name) => isRoster(`${documentsFolder}/${name}`)),
    store.find("", (name) => isRootName(name) && isRoster(name)),
  ]);
  const paths = knownCandidates(
    "roster",
    [...inside, ...atRoot].map(({ path }) => path),
  );
  const open: OpenRoster[] = [];
  for (const path of paths) {
    const document = await readIfThere(store, path);
    if (document !== undefined) open.push({ document, roster: parse(document) });
  }
  const ofKind = (kind: Roster["kind"]): OpenRoster | undefined => open.find(({ roster }) => roster.kind === kind);
  return ofKind("roster") ?? ofKind("foreign") ?? open[0];
}

/** Agents that have a Markdown file each, as other programs keep them. */
export async function readAgentFiles(store: DocumentStore, parse: RosterCache): Promise<readonly OpenRoster[]> {
  const files = await store.find(`${documentsFolder}/agents`, (name) => name.toLowerCase().endsWith(".md"));
  const open: OpenRoster[] = [];
  for (const { path } of files.toSorted((one, other) => (one.path < other.path ? -1 : 1)).slice(0, mostAgentFiles)) {
    const document = await readIfThere(store, path);
    if (document !== undefined) open.push({ document, roster: parse(document) });
  }
  return open;
}
