import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

export interface CardDrag {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The lane under the pointer. */
  readonly lane: string | undefined;
}

interface DragOptions {
  /** Follows the pointer; drawn by the caller while something is dragged. */
  readonly ghost: RefObject<HTMLElement | null>;
  readonly area: RefObject<HTMLElement | null>;
  readonly change: (drag: CardDrag | undefined) => void;
  readonly drop: (id: string, lane: string) => void;
}

const threshold = 6;
const edge = 48;
const stepAFrame = 12;

/** Cards carried by mouse or pen; a finger scrolls, and moves cards by their menu. */
export function useCardDrag(drop: (id: string, lane: string) => void) {
  const [drag, setDrag] = useState<CardDrag>();
  const ghost = useRef<HTMLUListElement>(null);
  const area = useRef<HTMLElement>(null);
  const latest = useRef(drop);
  latest.current = drop;
  const end = useRef<() => void>(undefined);
  useEffect(() => () => end.current?.(), []);
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const card = target.closest<HTMLElement>("[data-card]");
    if (!card || event.button !== 0 || event.pointerType === "touch") return;
    if (target.closest("button, input, .card-twin a, [popover]")) return;
    const options = { ghost, area, change: setDrag, drop: (id: string, lane: string) => latest.current(id, lane) };
    end.current = followPointer(card, event.nativeEvent, options);
  }, []);
  return { drag, ghost, area, onPointerDown };
}

/** From the press to the release; answers what ends it early. */
function followPointer(card: HTMLElement, press: PointerEvent, options: DragOptions): () => void {
  const { ghost, area, change } = options;
  const box = card.getBoundingClientRect();
  const state = { drag: undefined as CardDrag | undefined, x: press.clientX, y: press.clientY, frame: 0 };
  const draw = (): void => {
    if (state.drag === undefined) return;
    const [left, top] = [box.left + state.x - press.clientX, box.top + state.y - press.clientY];
    if (ghost.current) ghost.current.style.transform = `translate(${left}px, ${top}px)`;
    const isScrolling = area.current !== null && scrollAtEdges(area.current, state);
    const lane = laneAt(state.x, state.y);
    if (lane !== state.drag.lane) {
      state.drag = { ...state.drag, lane };
      change(state.drag);
    }
    state.frame = isScrolling ? requestAnimationFrame(draw) : 0;
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    [state.x, state.y] = [event.clientX, event.clientY];
    if (state.drag && state.frame === 0) state.frame = requestAnimationFrame(draw);
    if (state.drag || Math.hypot(state.x - press.clientX, state.y - press.clientY) < threshold) return;
    state.drag = {
      id: card.dataset["card"] ?? "",
      width: box.width,
      height: box.height,
      lane: laneAt(state.x, state.y),
    };
    change(state.drag);
    state.frame = requestAnimationFrame(draw);
  };
  const stop = (): void => {
    listeners.abort();
    cancelAnimationFrame(state.frame);
    if (state.drag) change(undefined);
    state.drag = undefined;
  };
  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    const { drag } = state;
    const lane = laneAt(event.clientX, event.clientY);
    stop();
    if (drag === undefined) return;
    swallowClick();
    if (lane !== undefined) options.drop(drag.id, lane);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || state.drag === undefined) return;
    event.preventDefault();
    stop();
    addEventListener("pointerup", swallowClick, { once: true });
  };
  const listeners = new AbortController();
  const { signal } = listeners;
  addEventListener("pointermove", onMove, { signal });
  addEventListener("pointerup", onUp, { signal });
  addEventListener("pointercancel", stop, { signal });
  addEventListener("keydown", onKeyDown, { signal, capture: true });
  return stop;
}

function laneAt(x: number, y: number): string | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-lane]")?.dataset["lane"];
}

/** Whether there was anything to scroll. */
function scrollAtEdges(area: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const box = area.getBoundingClientRect();
  const towards = (at: number, start: number, end: number): number => {
    if (at < start + edge) return -stepAFrame;
    return at > end - edge ? stepAFrame : 0;
  };
  const before = area.scrollLeft + area.scrollTop;
  area.scrollBy(towards(x, box.left, box.right), towards(y, box.top, box.bottom));
  return area.scrollLeft + area.scrollTop !== before;
}

/** The release over a card's link is no click on it. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
}
