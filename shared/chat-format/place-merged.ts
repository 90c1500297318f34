/** Puts the messages of a merge into the file: ours where they stand, theirs behind what they follow. */
import { decodeText, type LineEnd } from "./bytes.ts";
import { composeDivider } from "./compose-conversation.ts";
import { composeMessage } from "./compose-message.ts";
import { completeUnit, replaceMarker } from "./compose-unit.ts";
import type { Conversation } from "./conversation.ts";
import { dividerIndex } from "./conversation-source.ts";
import { deriveId } from "./derive-id.ts";
import type { ChatDocument } from "./document.ts";
import type { MergedMessage, MergePlan } from "./plan-merge.ts";
import type { Unit } from "./unit.ts";

/** A stretch of the merged file: the units of one message, or a section. */
export interface Block {
  readonly message?: MergedMessage;
  readonly units: readonly Unit[];
}

interface Placing {
  readonly base: Conversation | undefined;
  readonly ours: Conversation;
  readonly theirs: Conversation;
  readonly plan: MergePlan;
  /** Of the path that shall be the active one. */
  readonly path: ReadonlySet<string>;
}

/** The units of the merged file in their order: ours as they stand, theirs behind what they follow. */
export function placeMerged(placing: Placing): readonly Block[] {
  const { ours, theirs, plan } = placing;
  const blocks = ourBlocks(placing);
  for (const { id } of theirs.source.messages) {
    const own = plan.messages.get(id);
    const versionId = plan.versions.get(id);
    const version = versionId === undefined ? undefined : plan.messages.get(versionId);
    for (const message of [own, version]) {
      if (message === undefined || ours.source.indexById.has(message.id)) continue;
      if (!blocks.some((block) => block.message?.id === message.id)) insert(blocks, message, placing);
    }
  }
  for (const unit of newSections(placing)) blocks.push({ units: [unit] });
  return withUniqueParts(blocks);
}

/** In the order of our file. A part that stands behind a section stays there as long as its message is untouched. */
function ourBlocks({ base, ours, theirs, plan }: Placing): Block[] {
  const { messages, document } = ours.source;
  const ownerOf = new Map<number, MergedMessage | undefined>();
  const untouched = new Set<string>();
  const startsAt = new Set<number>();
  for (const resolved of messages) {
    const merged = plan.messages.get(resolved.id);
    const indexes = [...(resolved.own === undefined ? [] : [resolved.own]), ...resolved.parts];
    for (const index of indexes) ownerOf.set(index, merged);
    if (indexes[0] !== undefined) startsAt.add(indexes[0]);
    const isSame = merged?.units.every((unit, at) => unit === document.units[indexes[at] ?? -1]) ?? false;
    if (isSame && merged?.units.length === indexes.length) untouched.add(resolved.id);
  }
  const goneSections = difference(sectionsOf(base), sectionsOf(theirs));
  return document.units.flatMap((unit, index): Block[] => {
    if (!ownerOf.has(index)) return goneSections.has(wordOf(unit)) && !isDivider(unit) ? [] : [{ units: [unit] }];
    const message = ownerOf.get(index);
    if (message === undefined) return [];
    if (untouched.has(message.id)) return [startsAt.has(index) ? { message, units: [unit] } : { units: [unit] }];
    return startsAt.has(index) ? [{ message, units: message.units }] : [];
  });
}

function insert(blocks: Block[], message: MergedMessage, { path }: Placing): void {
  const divider = blocks.findIndex(({ units }) => units.some(isDivider));
  const lineEnd = blocks.at(-1)?.units.at(-1)?.lineEnd ?? message.units[0]?.lineEnd ?? "\n";
  const block = { message, units: namedUnits(message, lineEnd) };
  if (!path.has(message.id)) {
    if (divider === -1) blocks.push({ units: [composeDivider(lineEnd)] });
    blocks.push(block);
    return;
  }
  const end = divider === -1 ? blocks.length : divider;
  const parent = blocks.findIndex((other) => other.message?.id === message.parent);
  blocks.splice(parent === -1 || parent >= end ? end : behind(blocks, parent, end), 0, block);
}

/** Behind the parts of the message at `index`. */
function behind(blocks: readonly Block[], index: number, end: number): number {
  let at = index + 1;
  while (at < end && blocks[at]?.message === undefined) at += 1;
  return at;
}

/** What comes from the other file says its id and what it follows: there it may have gone without saying. */
function namedUnits(message: MergedMessage, lineEnd: LineEnd): readonly Unit[] {
  const { source, id, parent, replaces, units } = message;
  const { resolved } = source;
  const [own] = units;
  if (resolved.own === undefined || own === undefined) {
    const attributes = replaces === undefined ? {} : { replaces };
    const drafted = { ...source.message, id, parent, attributes, text: "", parts: [] };
    return [...composeMessage(drafted, lineEnd), ...units];
  }
  const attributes = new Map([...own.attributes, ["id", id], ["parent", parent], ["role", source.message.role]]);
  if (replaces !== undefined) attributes.set("replaces", replaces);
  return [sameOrMarked(own, attributes), ...units.slice(1)];
}

/** The unit itself where it has these attributes already, so that its bytes stay. */
export function sameOrMarked(unit: Unit, attributes: ReadonlyMap<string, string>): Unit {
  const isSame = attributes.size === unit.attributes.size;
  if (isSame && [...attributes].every(([name, value]) => unit.attributes.get(name) === value)) return unit;
  return replaceMarker(unit, { kind: unit.kind, label: unit.label, attributes });
}

/** Two sides may have given one id to two parts; a version has the parts of what it is a version of. */
function withUniqueParts(blocks: readonly Block[]): readonly Block[] {
  const taken = new Set<string>();
  const idOf = (unit: Unit): string | undefined => (unit.kind === "part" ? unit.attributes.get("id") : undefined);
  const isTheirs = ({ message }: Block): boolean => message?.side === "theirs";
  for (const block of blocks) {
    if (isTheirs(block)) continue;
    for (const unit of block.units) taken.add(idOf(unit) ?? "");
  }
  return blocks.map((block) => {
    if (!isTheirs(block)) return block;
    const units = block.units.map((unit, index) => {
      const id = idOf(unit);
      if (id === undefined || !taken.has(id)) {
        taken.add(id ?? "");
        return unit;
      }
      const derived = deriveId(`${block.message?.id} ${id}`, index, (candidate) => taken.has(candidate));
      taken.add(derived);
      return sameOrMarked(unit, new Map([...unit.attributes, ["id", derived]]));
    });
    return { ...block, units };
  });
}

function newSections({ base, ours, theirs }: Placing): readonly Unit[] {
  const known = new Set([...sectionsOf(base), ...sectionsOf(ours)]);
  const { units } = theirs.source.document;
  return units.filter((unit) => unit.kind === "section" && !isDivider(unit) && !known.has(wordOf(unit)));
}

function sectionsOf(conversation: Conversation | undefined): ReadonlySet<string> {
  const units = conversation?.source.document.units ?? [];
  return new Set(units.filter(({ kind }) => kind === "section").map(wordOf));
}

function wordOf(unit: Unit): string {
  return JSON.stringify([
    unit.label,
    [...unit.attributes],
    decodeText(unit.bytes.subarray(unit.bodyStart, unit.bodyEnd)),
  ]);
}

function isDivider(unit: Unit): boolean {
  return dividerIndex([unit]) === 0;
}

function difference(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((value) => !other.has(value)));
}

/** A unit that was the last of its file may lack what another behind it needs. */
export function framedUnits(blocks: readonly Block[], documents: readonly ChatDocument[]): readonly Unit[] {
  const lasts = new Set(documents.map(({ units }) => units.at(-1)));
  return blocks.flatMap(({ units, message }, index) => {
    const last = units.at(-1);
    const source = message?.source.units ?? units;
    const isLast = lasts.has(source.at(-1)) && units.length >= source.length;
    if (last === undefined || !isLast || index === blocks.length - 1) return units;
    return [...units.slice(0, -1), completeUnit(last)];
  });
}
