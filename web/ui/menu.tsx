import "./menu.css";
import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Icon } from "./icons.tsx";
import { visibleText } from "./markdown/visible-text.tsx";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly isHarmful?: boolean;
  readonly isChecked?: boolean;
  readonly choose: () => void;
}

const gap = 4;
const tallest = 440;

/** Puts the list under the button, or above where there is more room, and inside the window. */
export function place(list: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const below = innerHeight - anchor.bottom - 2 * gap;
  const above = anchor.top - 2 * gap;
  const goesBelow = below >= Math.min(list.scrollHeight + 2, 320) || below >= above;
  list.style.maxBlockSize = `${Math.min(tallest, Math.max(120, goesBelow ? below : above))}px`;
  const size = list.getBoundingClientRect();
  const startsAtLeft = getComputedStyle(button).direction !== "rtl" && anchor.left + size.width < innerWidth - gap;
  const wanted = startsAtLeft ? anchor.left : anchor.right - size.width;
  const left = Math.min(wanted, innerWidth - size.width - gap);
  list.style.left = `${Math.max(gap, left)}px`;
  list.style.top = goesBelow ? `${anchor.bottom + gap}px` : `${anchor.top - gap - size.height}px`;
}

function move(list: HTMLElement, event: KeyboardEvent): void {
  const items = [...list.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  let next = steps[event.key];
  const isLetter = event.key.length === 1 && /\S/.test(event.key) && !(event.target instanceof HTMLInputElement);
  if (next === undefined && isLetter) {
    const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const named = rest.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    next = named ? items.indexOf(named) : undefined;
  }
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

/** A button with a list of acts under it: arrows, Home, End, first letters, Esc. `header` stands above the items. */
export function MenuButton(props: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
  readonly items: () => readonly (MenuItem | "line" | { readonly group: string })[];
  readonly header?: ReactNode;
  readonly onOpen?: () => void;
  readonly onClose?: () => void;
}): ReactElement {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const onBeforeToggle = (event: { newState: string }): void => {
    if (event.newState !== "open") return;
    // Filled before it is shown, so that the system gives the focus to its first act while it opens it: whoever types on
    // at once, on however slow a machine, is already in the menu.
    flushSync(() => setOpen(true));
    const first = list.current?.querySelector("input, [aria-checked=true], [role^=menuitem]");
    first?.setAttribute("autofocus", "");
  };
  const onToggle = (event: { newState: string }): void => {
    if (event.newState === "open") {
      if (list.current && button.current) place(list.current, button.current);
      return;
    }
    setOpen(false);
    props.onClose?.();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className ?? "icon-button"}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        onClick={() => props.onOpen?.()}
      >
        {props.children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="presentation"
        className="menu"
        onBeforeToggle={onBeforeToggle}
        onToggle={onToggle}
        onKeyDown={(event) => list.current && move(list.current, event)}
      >
        {isOpen && props.header}
        <div role="menu" aria-label={props.label}>
          {isOpen && props.items().map((item, index) => menuRow(item, index, () => list.current?.hidePopover()))}
        </div>
      </div>
    </>
  );
}

function menuRow(item: MenuItem | "line" | { readonly group: string }, index: number, close: () => void): ReactElement {
  if (item === "line") return <hr key={index} className="menu-line" />;
  if ("group" in item) {
    return (
      <div key={index} className="menu-group" role="presentation">
        {item.group}
      </div>
    );
  }
  return (
    <button
      key={index}
      type="button"
      tabIndex={-1}
      role={item.isChecked === undefined ? "menuitem" : "menuitemradio"}
      {...(item.isChecked === undefined ? {} : { "aria-checked": item.isChecked })}
      className={item.isHarmful ? "menu-item menu-item-harm" : "menu-item"}
      onClick={() => {
        close();
        item.choose();
      }}
    >
      {item.icon}
      <span className="menu-label">
        <bdi>{visibleText(item.label)}</bdi>
      </span>
      {item.isChecked === true && <Icon name="check" size={14} />}
      {item.hint}
    </button>
  );
}
