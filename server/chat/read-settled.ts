import { writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import { partsOf } from "./answer-parts.ts";
import { parseFile } from "./conversation-file.ts";
import { fingerprint } from "./fingerprint.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { writeSideTexts } from "./side-files.ts";

const pauseMs = 200;
/** Closes the text of the last part in a fingerprint. */
const endOfPrint = '"]]';
/** Ours is in the journal meanwhile, so there is time: an editor on a slow disk or a busy machine is not hurried. */
const longestMs = 10_000;
/** How long a file that lacks messages must not have changed to be taken for what somebody wished. */
const stillWithoutMs = 2000;
/** The same for one that only breaks off in its last message. */
const stillUnfinishedMs = 1000;

/**
 * The file as its writer left it. Some editors empty a file and then fill it: a file that has lost messages while we have
 * something to put on it is waited for until it has not changed for a while. If they stay lost, the file as we last knew
 * it is kept beside it, since nobody can tell a wish from an accident.
 */
export async function readSettled(
  store: DocumentStore,
  open: OpenConversation,
  found: StoredDocument,
): Promise<StoredDocument | undefined> {
  let document: StoredDocument | undefined = found;
  let stillMs = 0;
  for (let waited = 0; document !== undefined && waited < longestMs; waited += pauseMs) {
    if (stillMs >= stillnessOf(open, document)) break;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const next = await readIfRegular(store, open.path);
    stillMs = next?.revision === document.revision ? stillMs + pauseMs : 0;
    document = next;
  }
  if (document !== undefined && lost(open, document)) await keepLastKnown(store, open);
  return document;
}

function stillnessOf(open: OpenConversation, document: StoredDocument): number {
  if (open.conversation.readOnly !== undefined || open.pending.length === 0) return 0;
  if (lost(open, document)) return stillWithoutMs;
  return isUnfinished(open, document) ? stillUnfinishedMs : 0;
}

/** It ends within a line, or with a part of what its last message was: an editor may be about to write the rest of it. */
function isUnfinished(open: OpenConversation, document: StoredDocument): boolean {
  if (document.bytes.at(-1) !== 0x0a) return true;
  const last = parseFile(document).messages.at(-1);
  const ours = open.conversation.messages.find(({ id }) => id === last?.id);
  if (last === undefined || ours === undefined) return false;
  const found = fingerprint(partsOf(last));
  const known = open.written.get(last.id) ?? fingerprint(partsOf(ours));
  return found !== known && known.startsWith(found.slice(0, -endOfPrint.length));
}

function lost(open: OpenConversation, document: StoredDocument): boolean {
  if (open.conversation.readOnly !== undefined || open.pending.length === 0) return false;
  const ours = new Set(open.pending.flatMap((edit) => (edit.type === "add-message" ? [edit.message.id] : [])));
  const present = new Set(parseFile(document).messages.map(({ id }) => id));
  return open.conversation.messages.some(({ id }) => !ours.has(id) && !present.has(id));
}

async function keepLastKnown(store: DocumentStore, open: OpenConversation): Promise<void> {
  const word = open.revision?.slice(0, 6) ?? "before";
  const copy = open.path.replace(/\.chat\.md$/, ` (before ${word}).chat.md`);
  await writeSideTexts(store, copy, open.sideTexts);
  await store.write(copy, writeConversation(open.conversation), undefined);
}
