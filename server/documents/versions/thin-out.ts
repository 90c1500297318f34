import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { type StoredVersion, type VersionIndex, writeVersionLine } from "./version-index.ts";

export interface VersionBounds {
  readonly versions: number;
  /** Of all contents together, as they lie in the workspace. */
  readonly bytes: number;
}

export const versionBounds: VersionBounds = { versions: 500, bytes: 64 * 1024 * 1024 };

/** Which versions stay: of the older half every second one goes, again and again, until they fit. The newest stays. */
export function keptVersions(versions: readonly StoredVersion[], bounds: VersionBounds): readonly StoredVersion[] {
  let kept = versions;
  while (kept.length > 1 && (kept.length > bounds.versions || bytesOf(kept) > bounds.bytes)) {
    const half = Math.ceil(kept.length / 2);
    kept = kept.filter((_, index) => index >= half || index % 2 === 1);
  }
  return kept;
}

function bytesOf(versions: readonly StoredVersion[]): number {
  return [...new Map(versions.map(({ revision, size }) => [revision, size])).values()].reduce(
    (sum, size) => sum + size,
    0,
  );
}

/** Writes a shorter index first, then removes what it no longer names: a crash in between leaves contents too many. */
export async function thinOut(
  own: DocumentStore,
  place: { readonly index: string; readonly blobOf: (revision: string) => string },
  { versions }: VersionIndex,
): Promise<void> {
  const kept = keptVersions(versions, versionBounds);
  if (kept.length === versions.length) return;
  const index = await readIfThere(own, place.index);
  const text = kept.map((version) => writeVersionLine({ type: "version", ...version })).join("");
  const written = await own.write(place.index, Buffer.from(text), index?.revision);
  if (written.outcome === "stale") return;
  const named = new Set(kept.map(({ revision }) => revision));
  for (const revision of new Set(versions.map((version) => version.revision))) {
    if (named.has(revision)) continue;
    const blob = await readIfThere(own, place.blobOf(revision));
    if (blob !== undefined) await own.remove(place.blobOf(revision), blob.revision);
  }
}
