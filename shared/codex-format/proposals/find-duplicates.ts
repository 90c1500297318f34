import type { BoardCard } from "./board.ts";

/**
 * Cards that may say the same as one above: by a title that is equal but for case, marks and blanks, or by the same
 * Source. From the index of the later card to that of the first one.
 */
export function findDuplicates(cards: readonly BoardCard[]): ReadonlyMap<number, number> {
  const firsts = new Map<string, number>();
  const duplicates = new Map<number, number>();
  for (const [index, card] of cards.entries()) {
    const names = [named("title", normalisedTitle(card.title)), named("source", sourceOf(card))].filter(
      (name) => name !== undefined,
    );
    const known = names.flatMap((name) => firsts.get(name) ?? []);
    if (known.length > 0) duplicates.set(index, Math.min(...known));
    for (const name of names) if (!firsts.has(name)) firsts.set(name, index);
  }
  return duplicates;
}

function named(kind: string, text: string): string | undefined {
  return text === "" ? undefined : `${kind} ${text}`;
}

/** Letters and digits of any script, in lower case, words apart by one blank. */
function normalisedTitle(title: string): string {
  return (
    title
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join(" ") ?? ""
  );
}

function sourceOf({ source, feedback }: BoardCard): string {
  if (feedback.length > 0) return [...feedback].sort().join(" ");
  return (source ?? "").toLowerCase().replaceAll("`", "").replace(/\s+/g, " ").trim();
}
