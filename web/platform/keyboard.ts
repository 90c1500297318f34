import { useEffect, useRef } from "react";

export interface KeyBinding {
  /** As in `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  /** ⌘ on a Mac, Ctrl elsewhere. */
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
  /** Works while a text field has the focus; single letters never do. */
  readonly inFields?: boolean;
  readonly run: () => void;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function matches(binding: KeyBinding, event: KeyboardEvent): boolean {
  if (isField(event.target) && !binding.inFields && !binding.mod) return false;
  const isSign = binding.key.length === 1 && !/[a-z0-9]/.test(binding.key);
  return (
    event.key.toLowerCase() === binding.key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === (binding.mod ?? false) &&
    (isSign || event.shiftKey === (binding.shift ?? false)) &&
    event.altKey === (binding.alt ?? false)
  );
}

/** Listens for keys on the whole page while the component is shown. Menus and dialogs that are open come first. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("dialog[open], [popover]:popover-open")) return;
      const binding = latest.current.find((candidate) => matches(candidate, event));
      if (!binding) return;
      event.preventDefault();
      binding.run();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
