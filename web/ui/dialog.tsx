import "./dialog.css";
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from "react";

/**
 * One question as title; only for what cannot be undone. It is open as long as it is drawn. Esc and the safe act close it;
 * the first act in `acts` is the safe one and gets the focus.
 */
export function Dialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly acts: ReactNode;
  readonly onClose: () => void;
}): ReactElement {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>(".dialog-acts button")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="question-dialog" aria-labelledby={id} onClose={props.onClose}>
      <h2 id={id} className="question-dialog-title">
        {props.title}
      </h2>
      {props.children}
      <div className="dialog-acts">{props.acts}</div>
    </dialog>
  );
}
