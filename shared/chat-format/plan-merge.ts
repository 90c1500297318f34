/** Which messages a merged conversation has, what they hold and whom they follow. */
import type { Conversation } from "./conversation.ts";
import { deriveId } from "./derive-id.ts";
import { contentOf, isSameMessage, mergeMessage, type PlacedMessage, placedMessages } from "./merge-message.ts";
import type { Unit } from "./unit.ts";

export interface MergedMessage {
  readonly id: string;
  readonly parent: string;
  readonly units: readonly Unit[];
  readonly source: PlacedMessage;
  /** Whose bytes these are. */
  readonly side: "ours" | "theirs";
  /** The id of the message that it is their version of. */
  readonly replaces?: string;
}

export interface MergePlan {
  readonly messages: ReadonlyMap<string, MergedMessage>;
  /** Ids of messages that both sides changed, with the id of their version. */
  readonly versions: ReadonlyMap<string, string>;
}

interface Draft {
  readonly ours: ReadonlyMap<string, PlacedMessage>;
  readonly theirs: ReadonlyMap<string, PlacedMessage>;
  readonly messages: Map<string, MergedMessage>;
  readonly versions: Map<string, string>;
  /** Gone on one side and unchanged on the other. */
  readonly gone: Map<string, MergedMessage>;
}

/** Decides what becomes of each message, by its id; without a base nothing counts as taken out. */
export function planMerge(base: Conversation | undefined, ours: Conversation, theirs: Conversation): MergePlan {
  const before = placedMessages(base);
  const draft: Draft = {
    ours: placedMessages(ours),
    theirs: placedMessages(theirs),
    messages: new Map(),
    versions: new Map(),
    gone: new Map(),
  };
  for (const [id, our] of draft.ours) {
    const their = draft.theirs.get(id);
    if (their === undefined) takeOneSided(draft, before.get(id), our, "ours");
    else takeBoth(draft, { base: before.get(id), ours: our, theirs: their });
  }
  for (const [id, their] of draft.theirs) {
    if (!draft.ours.has(id)) takeOneSided(draft, before.get(id), their, "theirs");
  }
  hangBelowVersions(draft);
  keepParents(draft);
  if (hasCycle(draft.messages)) keepOwnParents(draft);
  return draft;
}

function takeOneSided(
  draft: Draft,
  base: PlacedMessage | undefined,
  found: PlacedMessage,
  side: "ours" | "theirs",
): void {
  const { id, parent } = found.message;
  const isGone = base !== undefined && isSameMessage(base, found);
  (isGone ? draft.gone : draft.messages).set(id, { id, parent, units: found.units, source: found, side });
}

function takeBoth(draft: Draft, sides: Parameters<typeof mergeMessage>[0]): void {
  const { id } = sides.ours.message;
  const { source, units, parent, version } = mergeMessage(sides);
  const side = source === sides.ours ? "ours" : "theirs";
  draft.messages.set(id, { id, parent, units, source, side });
  if (version === undefined) return;
  const found = versionId(draft, id, version);
  draft.versions.set(id, found.id);
  if (found.isThere) return;
  const { units: own, message } = version;
  draft.messages.set(found.id, {
    ...{ id: found.id, parent: message.parent, units: own, source: version, side: "theirs", replaces: id },
  });
}

/** The same text gives the same id, so that a merge that is made again finds its version there. */
function versionId(
  { ours, theirs, messages }: Draft,
  id: string,
  version: PlacedMessage,
): { readonly id: string; readonly isThere: boolean } {
  const content = contentOf(version.message);
  const known = (candidate: string): PlacedMessage | undefined => ours.get(candidate) ?? theirs.get(candidate);
  const isVersion = (candidate: string): boolean => {
    const message = known(candidate)?.message;
    return message?.attributes["replaces"] === id && contentOf(message) === content;
  };
  const isTaken = (candidate: string): boolean => known(candidate) !== undefined || messages.has(candidate);
  const derived = deriveId(`${id}\0${content}`, 1, (candidate) => !isVersion(candidate) && isTaken(candidate));
  return { id: derived, isThere: known(derived) !== undefined };
}

/** What they said in reply to their wording follows that. */
function hangBelowVersions({ messages, versions, ours }: Draft): void {
  for (const [id, message] of messages) {
    const version = ours.has(id) ? undefined : versions.get(message.parent);
    if (version !== undefined) messages.set(id, { ...message, parent: version });
  }
}

/** A message that was taken out stays when another that stays follows it: the tree loses no node. */
function keepParents({ messages, gone }: Draft): void {
  for (const message of [...messages.values()]) {
    let needed = messages.has(message.parent) ? undefined : gone.get(message.parent);
    while (needed !== undefined) {
      messages.set(needed.id, needed);
      needed = messages.has(needed.parent) ? undefined : gone.get(needed.parent);
    }
  }
}

/** Both sides hung messages elsewhere, and together that is a circle: then ours stay where they were. */
function keepOwnParents(draft: Draft): void {
  const { messages, ours } = draft;
  for (const [id, message] of messages) {
    const our = ours.get(id);
    if (our !== undefined) messages.set(id, { ...message, parent: our.message.parent });
  }
  keepParents(draft);
}

function hasCycle(messages: ReadonlyMap<string, MergedMessage>): boolean {
  const rooted = new Set<string>();
  for (const { id } of messages.values()) {
    const walked = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !rooted.has(at); at = messages.get(at)?.parent) {
      if (walked.has(at)) return true;
      walked.add(at);
    }
    for (const seen of walked) rooted.add(seen);
  }
  return false;
}
