/** The names that the files of an agent project go by, and which of several is the writable one. */

export type KnownFile = "roster" | "task-log" | "proposals" | "prd" | "architecture";

/** In the order they are tried, in `.codex/` first and then at the root. */
const KNOWN_NAMES: Readonly<Record<KnownFile, readonly string[]>> = {
  "task-log": ["TASK-LOG.json", "TASK-LOG.jsonl", "TASK-LOG.md"],
  /** `ROSTER.md` is what is written beside an AGENTS.md that holds instructions. */
  roster: ["AGENTS.md", "AGENT.md", "ROSTER.md"],
  proposals: ["PROPOSED-TASKS.md", "TASKS.md", "BACKLOG.md", "TODO.md"],
  prd: ["PRD.md"],
  architecture: ["ARCHITECTURE.md"],
};

export interface KnownName {
  readonly file: KnownFile;
  /** The name as it is tried. */
  readonly name: string;
  /** False: equal but for case and `-` for `_`. */
  readonly isExact: boolean;
}

/** What a file name (without its folder) is known as: exactly, or else with case ignored and `-` and `_` equal. */
export function matchKnownName(name: string): KnownName | undefined {
  const known = Object.entries(KNOWN_NAMES).flatMap(([file, names]) =>
    names.map((each) => ({ file: file as KnownFile, name: each })),
  );
  const exact = known.find((each) => each.name === name);
  if (exact !== undefined) return { ...exact, isExact: true };
  const loose = known.find((each) => foldName(each.name) === foldName(name));
  return loose && { ...loose, isExact: false };
}

/**
 * The paths among `existing` (relative to the workspace) that may be this file, the best first: `.codex/` before the
 * root, the tried names in their order, the exact spelling before others. The first is the writable one; the rest are
 * shown beside it.
 */
export function knownCandidates(file: KnownFile, existing: readonly string[]): readonly string[] {
  return existing
    .flatMap((path) => {
      const rank = rankOf(file, path);
      return rank === undefined ? [] : [{ path, rank }];
    })
    .sort((one, other) => one.rank - other.rank || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path);
}

/** ASCII letters only: a name is not made equal by the rules of a language. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll("_", "-");
}

function rankOf(file: KnownFile, path: string): number | undefined {
  const isInFolder = path.startsWith(".codex/");
  const name = isInFolder ? path.slice(".codex/".length) : path;
  const found = name.includes("/") ? undefined : matchKnownName(name);
  if (found?.file !== file || (found.name === "ROSTER.md" && !isInFolder)) return undefined;
  const order = KNOWN_NAMES[file].indexOf(found.name) * 2 + Number(!found.isExact);
  return order + (isInFolder ? 0 : 100);
}
