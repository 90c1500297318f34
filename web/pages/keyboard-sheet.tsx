import "./keyboard-sheet.css";
import { type ReactElement, type Ref, useImperativeHandle, useRef } from "react";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const mod = isMac ? "⌘" : "Ctrl";

const keys: readonly (readonly [string, string])[] = [
  ["Enter", "Send"],
  ["⇧ Enter", "New line"],
  ["↑", "Edit the last question (empty box)"],
  ["@", "Agents (at the start of the box)"],
  [`${mod} Enter`, "Accept a change"],
  ["N / P", "Next, previous change (in a diff)"],
  ["Esc", "Stop the answer, close what is on top"],
  [`${mod} ⇧ O`, "New conversation"],
  [`${mod} \\`, "Side bar"],
  ["F6", "Next region"],
  ["J / K", "Message down, up"],
  ["+ / -", "Good, or something is wrong (on a message)"],
  ["C", "Copy the last answer"],
  ["R", "Ask again"],
  [isMac ? "⌥ ← / →" : "Alt ← / →", "Other version"],
  ["F2", "Rename (in the list)"],
  ["G C", "Conversations"],
  ["G S", "Studio"],
  ["G P", "Proposals"],
  ["G L", "Task log"],
  ["/", "Write"],
  ["?", "This sheet"],
];

export interface KeyboardSheetHandle {
  readonly open: () => void;
}

export function KeyboardSheet({ ref }: { readonly ref: Ref<KeyboardSheetHandle> }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useImperativeHandle(ref, () => ({ open: () => dialog.current?.showModal() }));
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="keys-title">
      <div className="dialog-head">
        <h2 id="keys-title">{words.keys}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={words.closeSide}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <dl className="key-list">
        {keys.map(([key, act]) => (
          <div key={key}>
            <dt>
              {key.split(" ").map((part) => (part === "/" && key.length > 1 ? " / " : <kbd key={part}>{part}</kbd>))}
            </dt>
            <dd>{act}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
