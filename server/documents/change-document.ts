import { mojibakeSpans, repairMojibake } from "../../shared/codex-format/documents/mojibake.ts";
import { replaceSpans } from "../../shared/codex-format/documents/replace-spans.ts";
import type { DocumentWritten, RepairDocument, RevertDocument, WriteDocument } from "../../shared/documents.ts";
import type { Clock } from "../platform/clock.ts";
import { Problem } from "../platform/problem.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import { mostTextBytes } from "./document-facts.ts";
import { documentKind, isEditable } from "./document-names.ts";
import { bytesLike, readText } from "./document-text.ts";
import { secondsNow } from "./document-view.ts";
import { localDay } from "./local-day.ts";
import type { TaskLogService, WriteBytes } from "./task-log-port.ts";
import type { VersionStore } from "./versions/version-store.ts";
import { revisionOf, staleProblem } from "./write-document.ts";

export interface ChangeDependencies {
  readonly store: DocumentStore;
  readonly versions: VersionStore;
  readonly writeBytes: WriteBytes;
  readonly taskLog: TaskLogService;
  readonly clock: Clock;
  /** ULIDs, for log entries. */
  readonly newRunId: () => string;
}

/** A person's edit. @throws Problem 403 `forbidden`, 409 `stale` or `read-only`, StoreFailure */
export async function writeText(
  { store, writeBytes }: ChangeDependencies,
  { path, text, base }: WriteDocument,
): Promise<DocumentWritten> {
  const before = await readForChange(store, path, base);
  const bytes = bytesLike(text, before?.bytes);
  if (bytes.length > mostTextBytes) {
    throw new Problem("too-large", 413, "The document would be larger than 4 MB. Nothing was changed.");
  }
  const result = await writeBytes(path, bytes, base ?? undefined, { by: "person" });
  return { path, revision: revisionOf(result) };
}

/**
 * What is there, if it is what the change was made from and may be changed here.
 * @throws Problem 403 `forbidden`, 409 `stale` or `read-only`
 */
export async function readForChange(
  store: DocumentStore,
  path: string,
  base: string | null,
): Promise<StoredDocument | undefined> {
  refuseReadOnly(path);
  const before = await readIfThere(store, path);
  if ((before?.revision ?? null) !== base) throw staleProblem(before);
  if (before !== undefined && before.bytes.length > mostTextBytes) {
    throw readOnly("The document is larger than 4 MB, more than is read and kept here.");
  }
  if (before !== undefined && !readText(before.bytes).isUtf8) {
    throw readOnly("The document is not UTF-8, so that an edit would change more than you see.");
  }
  if ((await secondsNow({ store })).has(path)) {
    throw readOnly("Another file stands for the same and is the one that is written.");
  }
  return before;
}

function refuseReadOnly(path: string): void {
  if (isEditable(path)) return;
  const kind = documentKind(path);
  if (kind === "task-log") throw readOnly("The task log only grows: add an entry instead.");
  if (kind === "foreign") throw readOnly("This file belongs to another program.");
  throw new Problem("forbidden", 403, "Folio writes Markdown documents in .codex/ only. Nothing was changed.");
}

function readOnly(reason: string): Problem {
  return new Problem("read-only", 409, `${reason} It was left as it is.`);
}

/** An older version as a new one; the task log tells of it. */
export async function revertDocument(
  dependencies: ChangeDependencies,
  { path, revision, base }: RevertDocument,
): Promise<DocumentWritten> {
  const { store, versions, writeBytes, taskLog, clock } = dependencies;
  await readForChange(store, path, base);
  const bytes = await versions.content(path, revision);
  const version = (await versions.list(path)).findLast((known) => known.revision === revision);
  if (bytes === undefined || version === undefined) {
    throw new Problem("not-found", 404, "Folio does not hold that version any more. Nothing was changed.");
  }
  const summary = `Brought back the version of ${path} from ${localMinute(new Date(version.at))}.`;
  const written = revisionOf(await writeBytes(path, bytes, base ?? undefined, { by: "person", summary }));
  const entry = await taskLog.appendEntry({
    agent: "person",
    summary,
    outputFiles: [path],
    runId: dependencies.newRunId(),
    at: clock.now().toISOString(),
  });
  await versions.link(path, written, { taskId: entry.taskId, logRef: entry.ref });
  return { path, revision: written };
}

/** As people write it, in the time of the computer that Folio runs on. */
function localMinute(at: Date): string {
  const minute = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  return `${localDay(at)}, ${minute}`;
}

/** Undoes mojibake exactly, in the lines that are named or everywhere. */
export async function repairDocument(
  { store, writeBytes }: ChangeDependencies,
  { path, base, lines }: RepairDocument,
): Promise<DocumentWritten> {
  const before = await readForChange(store, path, base);
  if (before === undefined) throw staleProblem(undefined);
  const { text, hasMark } = readText(before.bytes);
  const repaired = lines === undefined ? (repairMojibake(text)?.text ?? repairSpans(text)) : repairSpans(text, lines);
  if (repaired === text) {
    throw new Problem(
      "bad-request",
      400,
      "There is nothing in these lines that has an exact repair. Nothing was changed.",
    );
  }
  const bytes = new TextEncoder().encode((hasMark ? "\ufeff" : "") + repaired);
  const summary = "Repaired characters that were once read in a wrong encoding.";
  return { path, revision: revisionOf(await writeBytes(path, bytes, before.revision, { by: "person", summary })) };
}

function repairSpans(text: string, lines?: readonly number[]): string {
  const wanted = lines === undefined ? undefined : new Set(lines);
  let [line, at] = [1, 0];
  const spans = mojibakeSpans(text).filter(({ start }) => {
    for (let end = text.indexOf("\n", at); end !== -1 && end < start; end = text.indexOf("\n", at)) {
      line += 1;
      at = end + 1;
    }
    return wanted?.has(line) ?? true;
  });
  return replaceSpans(text, spans);
}
