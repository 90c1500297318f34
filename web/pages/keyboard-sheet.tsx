import "./keyboard-sheet.css";
import { type ReactElement, type Ref, useImperativeHandle, useRef } from "react";
import { Icon } from "../ui/icons.tsx";
import { words } from "./words.ts";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const mod = isMac ? "⌘" : "Ctrl";

interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [string, string])[];
}

const groups: readonly KeyGroup[] = [
  {
    title: "Writing",
    keys: [
      ["Enter", "Send"],
      ["⇧ Enter", "New line"],
      ["↑", "Edit the last question (empty box)"],
      ["@", "Agents (at the start of the box)"],
      ["Esc", "Stop the answer"],
    ],
  },
  {
    title: "In a conversation",
    keys: [
      ["J / K", "Message down, up"],
      [isMac ? "⌥ ← / →" : "Alt ← / →", "Other version"],
      ["C", "Copy the last answer"],
      ["R", "Ask again"],
      ["+ / -", "Good, or something is wrong (on a message)"],
    ],
  },
  {
    title: "Changes",
    keys: [
      [`${mod} Enter`, "Accept a change"],
      ["N / P", "Next, previous change (in a diff)"],
    ],
  },
  {
    title: "Going around",
    keys: [
      [`${mod} ⇧ O`, "New conversation"],
      ["F2", "Rename (in the list)"],
      ["/", "Write"],
      ["F6", "Next region"],
      [`${mod} \\`, "Side bar"],
      ["G C", "Conversations"],
      ["G S", "Studio"],
      ["G P", "Proposals"],
      ["G L", "Task log"],
      ["Esc", "Close what is on top"],
      ["?", "This sheet"],
    ],
  },
];

export interface KeyboardSheetHandle {
  readonly open: () => void;
}

export function KeyboardSheet({ ref }: { readonly ref: Ref<KeyboardSheetHandle> }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useImperativeHandle(ref, () => ({ open: () => dialog.current?.showModal() }));
  return (
    <dialog ref={dialog} className="dialog key-sheet" aria-labelledby="keys-title">
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
      <div className="key-groups">
        {groups.map(({ title, keys }) => (
          <section key={title} className="key-group">
            <h3>{title}</h3>
            <dl className="key-list">
              {keys.map(([key, act]) => (
                <div key={key}>
                  <dt>
                    {key
                      .split(" ")
                      .map((part) => (part === "/" && key.length > 1 ? " / " : <kbd key={part}>{part}</kbd>))}
                  </dt>
                  <dd>{act}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
