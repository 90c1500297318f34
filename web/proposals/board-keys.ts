import type { KeyboardEvent } from "react";

/** What a single letter does to the card that has the focus. */
export type CardKey = "move" | "accept" | "promote";

const letters: ReadonlyMap<string, CardKey> = new Map(Object.entries({ m: "move", a: "accept", p: "promote" }));

/**
 * Arrows from card to card and from lane to lane (mirrored where the page is), Home and End inside a lane, letters for the
 * card. Only while a card's title has the focus.
 */
export function onBoardKey(event: KeyboardEvent<HTMLElement>, run: (key: CardKey, id: string) => void): void {
  const title = event.target as HTMLElement;
  if (!title.matches(".card-title") || event.ctrlKey || event.metaKey || event.altKey) return;
  const letter = letters.get(event.key.toLowerCase());
  const id = title.closest<HTMLElement>("[data-card]")?.dataset["card"];
  if (letter !== undefined && id !== undefined && !event.shiftKey) {
    event.preventDefault();
    run(letter, id);
    return;
  }
  const next = neighbour(event.currentTarget, title, event.key);
  if (next === undefined) return;
  event.preventDefault();
  next?.focus();
}

function titlesIn(lane: Element | undefined): readonly HTMLElement[] {
  return [...(lane?.querySelectorAll<HTMLElement>(".card-title, .lane-more") ?? [])];
}

/** Undefined for other keys; null where there is no further card. */
function neighbour(board: HTMLElement, title: HTMLElement, key: string): HTMLElement | null | undefined {
  const lanes = [...board.querySelectorAll("[data-lane]")].filter((lane) => lane.checkVisibility());
  const lane = title.closest("[data-lane]");
  const inLane = titlesIn(lane ?? undefined);
  const at = inLane.indexOf(title);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: inLane.length - 1,
  };
  const step = steps[key];
  if (step !== undefined) return inLane[step] ?? null;
  const forwards = board.matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const from = lanes.findIndex((each) => each === lane);
  const others = key === forwards ? lanes.slice(from + 1) : lanes.slice(0, from).toReversed();
  const target = titlesIn(others.find((each) => titlesIn(each).length > 0));
  return target[Math.min(at, target.length - 1)] ?? null;
}
