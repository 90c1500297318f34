import { newPathRefusal } from "../../shared/codex-format/documents/new-path.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import { createPathQueue } from "../platform/path-queue.ts";
import { Problem } from "../platform/problem.ts";
import { contentRevision } from "../platform/store/content-revision.ts";
import { type DocumentStore, type StoredDocument, type WriteResult } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import type { DocumentGuard } from "./document-guard.ts";
import { documentKind, documentsFolder } from "./document-names.ts";
import type { WriteBytes } from "./task-log-port.ts";
import { versionedBytes } from "./versions/version-files.ts";
import type { VersionStore } from "./versions/version-store.ts";
import { whyNoFolder } from "./why-no-folder.ts";

export interface WriterDependencies {
  readonly store: DocumentStore;
  readonly versions: VersionStore;
  readonly guard: DocumentGuard;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The file holds this now, and it was us. */
  readonly written: (path: string, revision: string) => void;
}

/**
 * The one function through which every change of a document goes. The content is in the versions before it is in the
 * file, so that an end in between loses nothing.
 */
export function createWriteBytes(dependencies: WriterDependencies): WriteBytes {
  const { store, versions, guard, clock, logger } = dependencies;
  const queue = createPathQueue();
  return (path, bytes, expected, who) =>
    queue.run(path, async () => {
      await guard.check();
      refuseOthers(path, expected === undefined);
      if (expected === undefined) await refuseBlockedFolder(store);
      // Compared by the store alone: what is so large has no versions, and reading it twice takes time.
      if (bytes.length > versionedBytes) return told(path, await store.write(path, bytes, expected));
      const before = await readIfThere(store, path);
      if (before?.revision !== expected) return { outcome: "stale", current: before };
      const content = { revision: await contentRevision(bytes), bytes };
      if (before !== undefined && content.revision === before.revision) return unchanged(before);
      if (before !== undefined) await versions.see(path, before);
      const change = { ...who, at: clock.now().toISOString() };
      await versions.intend(path, content, change);
      const result = await store.write(path, bytes, expected);
      if (result.outcome === "stale") return result;
      // The document is written: what is missing in the index is found out by the next look at it.
      await versions
        .record(path, content, change)
        .catch((error: unknown) => logger.error("version not recorded", { path, error: String(error) }));
      return told(path, result);
    });

  function told(path: string, result: WriteResult): WriteResult {
    if (result.outcome === "written") dependencies.written(path, result.revision);
    return result;
  }
}

function unchanged({ revision, modified }: StoredDocument): WriteResult {
  return { outcome: "written", revision, modified };
}

function refuseOthers(path: string, isNew: boolean): void {
  const kind = documentKind(path);
  if (kind === undefined) {
    throw new Problem("forbidden", 403, "Folio writes documents in .codex/ only. Nothing was changed.", {
      facts: { path },
    });
  }
  if (kind === "foreign")
    throw new Problem("forbidden", 403, "This file belongs to another program. It was left as it is.");
  if (isNew && !path.startsWith(`${documentsFolder}/`)) {
    throw new Problem("forbidden", 403, "New documents are made in .codex/ only. Nothing was written.");
  }
  const refusal = isNew ? newPathRefusal(path) : undefined;
  if (refusal !== undefined)
    throw new Problem("bad-request", 400, `${refusal} Nothing was written.`, { facts: { path } });
}

async function refuseBlockedFolder(store: DocumentStore): Promise<void> {
  const reason = await whyNoFolder(store, documentsFolder);
  if (reason !== undefined) throw new Problem("read-only", 409, `${reason} Nothing was written.`);
}

/** What a request answers when somebody else was faster. */
export function staleProblem(current: StoredDocument | undefined): Problem {
  const title =
    current === undefined
      ? "The document is not there any more."
      : "The document was changed meanwhile by somebody else.";
  return new Problem("stale", 409, title, {
    detail: "Nothing was overwritten. Compare both, then save again.",
    ...(current === undefined ? {} : { facts: { revision: current.revision } }),
  });
}

/** @throws Problem 409 `stale`; @returns the new revision */
export function revisionOf(result: WriteResult): string {
  if (result.outcome === "stale") throw staleProblem(result.current);
  return result.revision;
}
