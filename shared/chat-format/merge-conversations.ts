/** Three versions of a conversation become one, message by message: a merge of lines cannot be trusted with this format. */
import { composeMessage } from "./compose-message.ts";
import type { Conversation } from "./conversation.ts";
import type { ChatDocument } from "./document.ts";
import { documentBytes } from "./document.ts";
import { composeFrontMatter, setFrontEntry } from "./front-matter.ts";
import { insertUnits } from "./insert-units.ts";
import { endedFront, mergeFront } from "./merge-front.ts";
import { threeWay } from "./merge-message.ts";
import { mergePreamble } from "./merge-preamble.ts";
import { framedUnits, placeMerged, sameOrMarked } from "./place-merged.ts";
import { type MergedMessage, type MergePlan, planMerge } from "./plan-merge.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import type { Unit } from "./unit.ts";

/**
 * The file that holds what both sides have: messages that either added, changes that either made. A message that both
 * changed stays as ours, and theirs becomes a version of it. What one side took out and the other left alone is gone.
 * `base` is what both come from; without it nothing counts as taken out.
 * @throws RangeError when one of them is read-only, or the front matter would be longer than 64 KiB
 */
export function mergeConversations(
  base: Conversation | undefined,
  ours: Conversation,
  theirs: Conversation,
): Uint8Array {
  const readOnly = base?.readOnly ?? ours.readOnly ?? theirs.readOnly;
  if (readOnly !== undefined) throw new RangeError(`A conversation that is read-only cannot be merged (${readOnly}).`);
  const our = documentBytes(ours.source.document);
  const their = documentBytes(theirs.source.document);
  const before = base && documentBytes(base.source.document);
  if (isSame(our, their) || isSame(before, their)) return our;
  if (isSame(before, our)) return their;
  return mergeThree(base, ours, theirs);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one?.length === other.length && one.every((byte, index) => byte === other[index]);
}

function mergeThree(base: Conversation | undefined, ours: Conversation, theirs: Conversation): Uint8Array {
  const plan = planMerge(base, ours, theirs);
  const leaf = chooseLeaf(plan, { base: base?.head, ours: ours.head, theirs: theirs.head });
  const path = pathTo(plan, leaf);
  const blocks = placeMerged({ base, ours, theirs, plan, path });
  const { document } = ours.source;
  const units = framedUnits(blocks, [document, theirs.source.document]);
  const front = mergeFront(base, ours, theirs);
  const preamble = mergePreamble(base, ours, theirs);
  const bare: ChatDocument = {
    ...document,
    front: preamble.length > 0 || units.length > 0 ? endedFront(front) : front,
    preamble,
    units,
  };
  const isFirstUnit = document.units.length === 0 && units.length > 0;
  const merged = isFirstUnit ? insertUnits({ ...bare, units: [] }, 0, units) : bare;
  const order = blocks.flatMap(({ message }) => (message === undefined ? [] : [message]));
  return documentBytes(withHead(withNames(merged, order), leaf, { base, ours, theirs }));
}

/** The active leaf, as one key of the front matter: where both moved it, ours; never through their version of a message. */
function chooseLeaf(
  plan: MergePlan,
  heads: { readonly base: string | undefined; readonly ours: string | undefined; readonly theirs: string | undefined },
): string | undefined {
  const versions = new Set(plan.versions.values());
  const [wished, ...others] = [threeWay(heads.base, heads.ours, heads.theirs), heads.ours, heads.theirs].filter(
    (id) => id !== undefined && plan.messages.has(id),
  );
  const leadsThroughVersion = [...pathTo(plan, wished)].some((id) => versions.has(id));
  return leadsThroughVersion ? (others[0] ?? wished) : wished;
}

function pathTo({ messages }: MergePlan, leaf: string | undefined): ReadonlySet<string> {
  const path = new Set<string>();
  for (let at = leaf; at !== undefined && !path.has(at); at = messages.get(at)?.parent) path.add(at);
  return path;
}

/** What went without saying (an id, what a message follows) is said where it would be read as something else now. */
function withNames(document: ChatDocument, order: readonly MergedMessage[]): ChatDocument {
  const { messages } = resolveConversation(document).source;
  const units: Unit[][] = document.units.map((unit) => [unit]);
  messages.forEach((found, index) => {
    const wanted = order[index];
    if (wanted === undefined || (found.id === wanted.id && found.parent === wanted.parent)) return;
    const known = wanted.source.message;
    const names = { id: wanted.id, parent: wanted.parent, role: known.role };
    const own = found.own === undefined ? undefined : document.units[found.own];
    if (found.own !== undefined && own !== undefined) {
      units[found.own] = [sameOrMarked(own, new Map([...own.attributes, ...Object.entries(names)]))];
      return;
    }
    const first = found.parts[0] ?? 0;
    const drafted = { ...known, ...names, text: "", parts: [] };
    units[first] = [...composeMessage(drafted, document.units[first]?.lineEnd ?? "\n"), ...(units[first] ?? [])];
  });
  return { ...document, units: units.flat() };
}

function withHead(
  document: ChatDocument,
  leaf: string | undefined,
  sides: { readonly base: Conversation | undefined; readonly ours: Conversation; readonly theirs: Conversation },
): ChatDocument {
  const named = (side: Conversation | undefined): string | undefined => side?.front.get("head");
  const [our, their] = [named(sides.ours), named(sides.theirs)];
  const isThere = (id: string | undefined): boolean =>
    id === undefined || resolveConversation(document).source.indexById.has(id);
  const wished = threeWay(named(sides.base), our, their);
  const head = [wished, our, their].find(isThere);
  const written = setHead(document, head);
  if (leaf === undefined || resolveConversation(written).path.includes(leaf)) return written;
  return setHead(document, leaf);
}

function setHead(document: ChatDocument, head: string | undefined): ChatDocument {
  if (document.front?.entries.get("head") === head) return document;
  const front = setFrontEntry(document.front ?? composeFrontMatter({}), "head", head);
  return { ...document, front, hasInvalidFront: false };
}
