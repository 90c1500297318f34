/** The tree of messages: who follows whom after repairs, and which path is active. Linear, and never recursive. */

export interface TreeMessage {
  readonly id: string;
  /** As written; undefined when the marker line has none. */
  readonly parent: string | undefined;
  readonly isBehindDivider: boolean;
}

export interface MessageTree {
  /** For each message the index of the one it follows; -1 is the root. */
  readonly parents: readonly number[];
  /** Indexes from the root to the active leaf. */
  readonly path: readonly number[];
  readonly problems: readonly { readonly index: number; readonly reason: "unknown-parent" | "cycle" }[];
}

const ROOT = -1;
/** The end of the active path, which is not known yet. */
const PENDING = -2;

/** `head` is the id that front matter names; ids are unique. */
export function buildTree(
  messages: readonly TreeMessage[],
  indexById: ReadonlyMap<string, number>,
  head: string | undefined,
): MessageTree {
  const problems: { index: number; reason: "unknown-parent" | "cycle" }[] = [];
  const parents = messages.map((message, index) => {
    if (message.parent === undefined) return message.isBehindDivider ? PENDING : index - 1;
    const parent = message.parent === "root" ? ROOT : indexById.get(message.parent);
    if (parent === undefined) problems.push({ index, reason: "unknown-parent" });
    return parent ?? ROOT;
  });
  for (const index of breakCycles(parents)) problems.push({ index, reason: "cycle" });
  const lastChildren = findLastChildren(parents);
  const last = messages.findLastIndex((message) => !message.isBehindDivider);
  const named = (head === undefined ? undefined : indexById.get(head)) ?? last;
  attachPending(parents, lastChildren, [named, last]);
  return { parents, path: pathThrough(named, parents, lastChildren), problems };
}

/** Attaches the last member (in the file) of every cycle to the root; gives their indexes in the order of the file. */
function breakCycles(parents: number[]): number[] {
  const seenIn = new Int32Array(parents.length).fill(-1);
  const broken: number[] = [];
  for (let start = 0; start < parents.length; start++) {
    let index = start;
    while (index >= 0 && seenIn[index] === -1) {
      seenIn[index] = start;
      index = parents[index] as number;
    }
    if (index < 0 || seenIn[index] !== start) continue;
    let last = index;
    for (let member = parents[index] as number; member !== index; member = parents[member] as number) {
      last = Math.max(last, member);
    }
    parents[last] = ROOT;
    broken.push(last);
  }
  return broken.sort((left, right) => left - right);
}

/** The last child of each message; that of the root is at the end. */
function findLastChildren(parents: readonly number[]): number[] {
  const lastChildren = new Array<number>(parents.length + 1).fill(-1);
  parents.forEach((parent, index) => {
    if (parent !== PENDING) lastChildren[parent === ROOT ? parents.length : parent] = index;
  });
  return lastChildren;
}

/** Messages behind the divider that name no parent go on with the active path, one after another. */
function attachPending(parents: number[], lastChildren: number[], candidates: readonly number[]): void {
  if (!parents.includes(PENDING)) return;
  const start = candidates.find((index) => index >= 0 && isAttached(index, parents)) ?? parents.length;
  let end = leafBelow(start, lastChildren);
  parents.forEach((parent, index) => {
    if (parent !== PENDING) return;
    parents[index] = end === parents.length ? ROOT : end;
    lastChildren[end] = index;
    end = leafBelow(index, lastChildren);
  });
}

function isAttached(index: number, parents: readonly number[]): boolean {
  let ancestor = index;
  while (ancestor >= 0) ancestor = parents[ancestor] as number;
  return ancestor === ROOT;
}

function leafBelow(index: number, lastChildren: readonly number[]): number {
  let leaf = index;
  for (let child = lastChildren[leaf] ?? -1; child !== -1; child = lastChildren[leaf] ?? -1) leaf = child;
  return leaf;
}

function pathThrough(named: number, parents: readonly number[], lastChildren: readonly number[]): number[] {
  const start = named === -1 ? parents.length : named;
  const path: number[] = [];
  const leaf = leafBelow(start, lastChildren);
  if (leaf === parents.length) return path;
  for (let index = leaf; index >= 0; index = parents[index] as number) path.push(index);
  return path.reverse();
}
