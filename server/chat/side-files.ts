/** Reads and writes the files beside a conversation that hold its long texts. */
import type { Conversation, NewMessage, NewPart } from "../../shared/chat-format/conversation.ts";
import { contentRevision } from "../platform/store/content-revision.ts";
import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";
import { bytesInline, type SideText, type SideTexts, sidePart, sideSource } from "./side-text.ts";

/** What is written and read of one text, in bytes of UTF-8; a longer one stays in the conversation. */
const bytesAllowed = 32 * 1024 * 1024;
/** And of all texts of one conversation: a file may name as many as it likes. */
const bytesAllowedInAll = 128 * 1024 * 1024;
const filesAllowed = 1000;

export interface SideTextOwner {
  readonly path: string;
  sideTexts: SideTexts;
}

export interface MoveDependencies {
  readonly store: DocumentStore;
  readonly newId: () => string;
  readonly onError: (message: string, error: unknown) => void;
}

type Body = Pick<NewMessage, "text" | "parts">;

/** The folder of a conversation's side files. */
export function sideFolder(conversationPath: string): string {
  return conversationPath.replace(/\.chat\.md$/, ".files");
}

/**
 * The same message with its texts of more than 256 KiB in side files, durable there before this resolves, and known to
 * `owner`. A text that cannot be put there (a full disk, no exact UTF-8) stays as it is. Does not throw.
 */
export async function moveLongText(moving: MoveDependencies, owner: SideTextOwner, body: Body): Promise<Body> {
  const move = async (text: string, id: string): Promise<NewPart | undefined> => {
    try {
      return await moveOne(moving.store, owner, text, id);
    } catch (error) {
      moving.onError("a long text stays in its conversation", error);
      return undefined;
    }
  };
  const own = isLong(body.text) ? await move(body.text, moving.newId()) : undefined;
  const parts: NewPart[] = own === undefined ? [] : [own];
  for (const part of body.parts) {
    const isOurs = part.type === "text" && part.attributes["src"] === undefined && isLong(part.text);
    parts.push((isOurs ? await move(part.text, part.id) : undefined) ?? part);
  }
  return { text: own === undefined ? body.text : "", parts };
}

function isLong(text: string): boolean {
  return text.length * 3 > bytesInline && Buffer.byteLength(text) > bytesInline && text.isWellFormed();
}

async function moveOne(
  store: DocumentStore,
  owner: SideTextOwner,
  text: string,
  id: string,
): Promise<NewPart | undefined> {
  const bytes = Buffer.from(text);
  if (bytes.length > bytesAllowed) return undefined;
  const sha256 = await contentRevision(bytes);
  const name = `${/^[\w-]{1,40}$/.test(id) ? id : "text"}-${sha256.slice(0, 12)}.md`;
  const path = `${sideFolder(owner.path)}/${name}`;
  const written = await store.write(path, bytes, undefined);
  if (written.outcome === "stale" && written.current?.revision !== sha256) return undefined;
  const src = path.slice(path.lastIndexOf("/", path.lastIndexOf("/") - 1) + 1);
  owner.sideTexts = new Map([...owner.sideTexts, [src, { text }]]);
  return sidePart(id, text, { src, bytes: bytes.length, sha256 });
}

/**
 * The texts that a conversation has in side files. Only what lies right in the folder that has the conversation's own
 * name is read, whatever `src` calls that folder: it may have been renamed with the conversation. Those that are `known`
 * are not read again. Does not throw.
 */
export async function loadSideTexts(
  store: DocumentStore,
  path: string,
  conversation: Conversation,
  known: SideTexts = new Map(),
): Promise<SideTexts> {
  const texts = new Map<string, SideText>();
  let bytes = 0;
  for (const { parts } of conversation.messages) {
    for (const part of parts) {
      const src = sideSource(part);
      if (src === undefined || texts.has(src)) continue;
      const hasRoom = bytes < bytesAllowedInAll && texts.size < filesAllowed;
      const before = known.get(src);
      const isKnown = before !== undefined && "text" in before;
      const missing = hasRoom ? () => loadOne(store, sidePath(path, src), part.attributes["sha256"]) : () => unreadable;
      const side: SideText = isKnown ? before : await missing();
      if ("text" in side) bytes += side.text.length;
      texts.set(src, side);
    }
  }
  return texts;
}

const unreadable: SideText = { problem: "side-unreadable" };

async function loadOne(store: DocumentStore, path: string | undefined, sha256: string | undefined): Promise<SideText> {
  if (path === undefined) return { problem: "side-unreadable" };
  try {
    const { bytes, revision } = await store.read(path);
    if (sha256 !== undefined && sha256 !== revision) return { problem: "side-changed" };
    if (bytes.length > bytesAllowed) return { problem: "side-unreadable" };
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const isMissing = error instanceof StoreFailure && error.code === "not-found";
    return { problem: isMissing ? "side-missing" : "side-unreadable" };
  }
}

function sidePath(conversationPath: string, src: string): string | undefined {
  const [, name] = /^[^/\\]+\.files\/([^/\\]+)$/.exec(src) ?? [];
  return name === undefined ? undefined : `${sideFolder(conversationPath)}/${name}`;
}

/** Looks again for those that could not be read: the file may have come after the conversation that names it. */
export async function loadMissing(
  store: DocumentStore,
  owner: SideTextOwner & { readonly conversation: Conversation },
): Promise<void> {
  if (![...owner.sideTexts.values()].some((side) => "problem" in side)) return;
  const texts = await loadSideTexts(store, owner.path, owner.conversation, owner.sideTexts);
  const found = [...texts].filter(([, side]) => "text" in side);
  if (found.length > 0) owner.sideTexts = new Map([...owner.sideTexts, ...found]);
}

/**
 * Puts the texts that are in memory beside `conversationPath`, where they are not there already: its file is written
 * again, or under another name. @throws StoreFailure
 */
export async function writeSideTexts(
  store: DocumentStore,
  conversationPath: string,
  sideTexts: SideTexts,
): Promise<void> {
  for (const [src, side] of sideTexts) {
    const path = sidePath(conversationPath, src);
    if (path !== undefined && "text" in side) await store.write(path, Buffer.from(side.text), undefined);
  }
}
