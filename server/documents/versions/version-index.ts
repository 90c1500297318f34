/** The lines of a document's version index, and what they say together. */
import { z } from "zod";
import type { DocumentChange } from "../../../shared/documents.ts";

export interface StoredVersion extends DocumentChange {
  readonly revision: string;
  readonly size: number;
  readonly added: number;
  readonly removed: number;
}

const versionFields = {
  revision: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number(),
  added: z.number(),
  removed: z.number(),
  by: z.enum(["agent", "person", "outside"]),
  at: z.string(),
  agent: z.string().optional(),
  runId: z.string().optional(),
  taskId: z.string().optional(),
  logRef: z.string().optional(),
  summary: z.string().optional(),
};

const lineSchema = z.discriminatedUnion("type", [
  /** A write that is about to happen: tells, after a crash in between, who made the version that is found. */
  z.object({ type: z.literal("intent"), ...versionFields }),
  z.object({ type: z.literal("version"), ...versionFields }),
  /** What became known later: the log entry that tells of it. */
  z.object({
    type: z.literal("link"),
    revision: z.string(),
    taskId: z.string().optional(),
    logRef: z.string().optional(),
    summary: z.string().optional(),
  }),
]);
export type VersionLine = z.infer<typeof lineSchema>;

export interface VersionIndex {
  /** Oldest first. */
  readonly versions: readonly StoredVersion[];
  /** The last write that was announced and not followed by its version. */
  readonly intent: StoredVersion | undefined;
}

/** Lines that do not fit are left out: the index is Folio's own, and a version more or less harms nobody. */
export function readVersionIndex(text: string): VersionIndex {
  const versions: StoredVersion[] = [];
  let intent: StoredVersion | undefined;
  for (const line of text.split("\n")) {
    const found = parseLine(line);
    if (found === undefined) continue;
    if (found.type === "link") {
      link(versions, found);
      continue;
    }
    const { type, ...fields } = found;
    const version = withoutUndefined(fields) as unknown as StoredVersion;
    if (type === "intent") {
      intent = version;
      continue;
    }
    intent = undefined;
    // Two processes may both have seen the same one; who wrote it knows more than who found it.
    if (versions.at(-1)?.revision !== version.revision) versions.push(version);
    else if (version.by !== "outside") versions[versions.length - 1] = version;
  }
  return { versions, intent };
}

export function writeVersionLine(line: VersionLine): string {
  return `${JSON.stringify(line)}\n`;
}

function parseLine(line: string): VersionLine | undefined {
  if (line.trim() === "") return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function link(versions: StoredVersion[], { type: _, revision, ...facts }: VersionLine & { type: "link" }): void {
  const index = versions.findLastIndex((version) => version.revision === revision);
  const found = versions[index];
  if (found !== undefined) versions[index] = { ...found, ...(withoutUndefined(facts) as Partial<StoredVersion>) };
}

function withoutUndefined<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
